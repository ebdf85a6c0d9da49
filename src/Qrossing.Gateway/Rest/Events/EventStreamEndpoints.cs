using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Qrossing.Core.Access;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest.Events;

/// <summary><c>/v1/events/stream</c>: the log as server-sent events (WHATWG HTML, section 9.2).</summary>
internal sealed class EventStreamEndpoints(EventReader reader, IEventStore store, LogHead head, IHostApplicationLifetime lifetime, TimeProvider clock) : IMapsEndpoints
{
    private const string EventStream = "text/event-stream";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public void Map(RestRoutes routes) =>
        routes.Get("/v1/events/stream", new EndpointRule(Permissions.EventsRead)
        {
            Text = new EndpointText("streamEvents", "Events", "Follows the log: id is the position, event the type, data the CloudEvent.")
            {
                Description = "Goes on after Last-Event-ID (or ?after=); without either it begins with what comes next. A comment every 15 s keeps the connection open.",
                MediaType = EventStream,
                Query = [.. EventQuery.Texts, new("after", "Begin after this position; Last-Event-ID goes before it.")],
                Errors = [HttpErrors.HeaderInvalid, HttpErrors.QueryInvalid, EventErrors.PositionAhead],
            },
        }, StreamAsync);

    private async Task<Answer> StreamAsync(GatewayCall call)
    {
        var filter = EventQuery.Filter(call);
        if (!filter.IsSuccess)
        {
            return filter.Refusal;
        }

        var after = head.Position;
        if (call.Http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last)
        {
            if (!EventQuery.TryPosition(last, out after))
            {
                return new Core.Errors.Refusal(HttpErrors.HeaderInvalid, "Last-Event-ID is not a position of the log.");
            }
        }
        else if (call.Query("after") is { } text && !EventQuery.TryPosition(text, out after))
        {
            return GatewayCall.InvalidQuery("after", "format", "Must be a position of the log.");
        }

        if (await EventQuery.AheadAsync(store, head, after, call.Aborted) is { } ahead)
        {
            return ahead;
        }

        call.Http.Response.ContentType = EventStream;
        call.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, lifetime.ApplicationStopping);
        try
        {
            await WriteAsync(call.Http.Response, reader.StreamAsync(call.Tenant, after, filter.Value, ended.Token), ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The reader went away, or the process stops: it comes back with Last-Event-ID.
        }

        return Answer.Written;
    }

    private async Task WriteAsync(HttpResponse response, IAsyncEnumerable<LogEvent> events, CancellationToken ended)
    {
        await response.StartAsync(ended);
        await using var enumerator = new SettlingEnumerator<LogEvent>(events, ended);
        var next = enumerator.MoveNextAsync().AsTask();
        while (true)
        {
            if (!next.IsCompleted)
            {
                await response.BodyWriter.FlushAsync(ended);
                while (!await EndsWithinAsync(next, ended))
                {
                    await response.BodyWriter.WriteAsync(": keep-alive\n\n"u8.ToArray(), ended);
                }
            }

            if (!await next)
            {
                return;
            }

            Write(response.BodyWriter, enumerator.Current);
            if (response.BodyWriter.UnflushedBytes > 64 * 1024)
            {
                await response.BodyWriter.FlushAsync(ended);
            }

            next = enumerator.MoveNextAsync().AsTask();
        }
    }

    private async Task<bool> EndsWithinAsync(Task next, CancellationToken ended)
    {
        try
        {
            await next.WaitAsync(KeepAlive, clock, ended);
            return true;
        }
        catch (TimeoutException) when (!next.IsCompleted)
        {
            return false;
        }
    }

    // Types have no line feeds (CloudEvents allows no control characters) and compact JSON has none either.
    private static void Write(IBufferWriter<byte> output, LogEvent item)
    {
        output.Write(Encoding.UTF8.GetBytes($"id: {item.Position}\nevent: {item.Type}\ndata: "));
        output.Write(CloudEventWriter.ToBytes(item));
        output.Write("\n\n"u8);
    }
}
