using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Qrossing.TestKit.Network;

/// <summary>An OpenTelemetry collector for tests: OTLP over HTTP with protobuf bodies; keeps spans, counts metrics and logs requests.</summary>
public sealed class OtlpSink : IAsyncDisposable
{
    private readonly ArrivalLog<ExportedSpan> _spans = new();
    private LoopbackServer? _server;
    private int _metricRequests;
    private int _logRequests;

    private OtlpSink()
    {
    }

    /// <summary>The value for <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, with <c>OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf</c>.</summary>
    public Uri Endpoint => _server?.BaseUrl ?? throw new InvalidOperationException("Not started.");

    /// <summary>All spans so far, in order of arrival.</summary>
    public IReadOnlyList<ExportedSpan> Spans => _spans.Items;

    public int MetricRequests => Volatile.Read(ref _metricRequests);

    public int LogRequests => Volatile.Read(ref _logRequests);

    public static async Task<OtlpSink> StartAsync()
    {
        var sink = new OtlpSink();
        sink._server = await LoopbackServer.StartAsync(sink.HandleAsync);
        return sink;
    }

    /// <summary>Returns all spans as soon as they satisfy the condition.</summary>
    public Task<IReadOnlyList<ExportedSpan>> WaitForAsync(Func<IReadOnlyList<ExportedSpan>, bool> condition, CancellationToken cancellationToken) =>
        _spans.WaitForAsync(condition, cancellationToken);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || request.ContentType != "application/x-protobuf")
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (request.Headers.ContentEncoding == "gzip")
        {
            request.Body = new GZipStream(request.Body, CompressionMode.Decompress);
        }

        var body = await LoopbackServer.ReadBodyAsync(request);
        switch (request.Path.Value)
        {
            case "/v1/traces":
                foreach (var span in OtlpTraces.Read(body))
                {
                    _spans.Add(_ => span);
                }

                break;
            case "/v1/metrics":
                Interlocked.Increment(ref _metricRequests);
                break;
            case "/v1/logs":
                Interlocked.Increment(ref _logRequests);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }

        context.Response.ContentType = "application/x-protobuf"; // An empty message: everything was accepted.
    }
}
