using System.Net;
using Qrossing.TestKit.Network;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Operability;

/// <summary>One trace from a caller's request to the last delivery, as a collector gets it over OTLP.</summary>
[Trait("Kind", "e2e")]
public sealed class TraceTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string CallerSpan = "b7ad6b7169203331";

    [Fact]
    public async Task Trace_leads_from_the_request_through_the_retried_call_to_the_retried_delivery()
    {
        await using var sink = await OtlpSink.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var calls = 0;
        await using var peer = RawHttpPeer.Start(request => request.Method == "POST" && Interlocked.Increment(ref calls) == 1
            ? RawHttpPeer.Reply(429, "{}", "Retry-After: 1", "Content-Type: application/json")
            : RawHttpPeer.Reply(200, """{"status":"ok"}""", "Content-Type: application/json"));
        await using var gateway = await GatewayProcess.StartAsync(new GatewayOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Egress:Allow:0"] = "127.0.0.1",
                ["Webhooks:FirstDelay"] = "00:00:00.2",
                ["Modules:qdrive:BaseUrl"] = peer.BaseUrl.ToString(),
                ["Modules:qdrive:Dialect"] = "bare",
                ["Telemetry:OtlpEndpoint"] = sink.Endpoint.ToString(),
            },
            Environment = new Dictionary<string, string?> { ["OTEL_BSP_SCHEDULE_DELAY"] = "200" },
        });
        var client = new GatewayClient(gateway);
        receiver.AnswerNext(new WebhookAnswer(500));
        await client.PostAsync("/v1/subscriptions", new { url = receiver.Url, types = new[] { "q.gateway.effects.succeeded.v1" } });

        using var request = new HttpRequestMessage(HttpMethod.Post, "/m/qdrive/files") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "traced");
        request.Headers.Add("Prefer", "wait=0");
        request.Headers.Add("traceparent", $"00-{TraceId}-{CallerSpan}-01");
        using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await client.UntilAsync(() => Task.FromResult(receiver.Received.Count >= 2), () => $"{receiver.Received.Count} deliveries arrived");
        await client.UntilAsync(() => Task.FromResult(Spans().Count(span => span.Name == "deliver") >= 2), () => string.Join('\n', sink.Spans));

        var spans = Spans();
        var server = Assert.Single(spans, span => span.ParentSpanId == CallerSpan);
        Assert.Equal("POST /m/{module}/{**rest}", server.Name);
        Assert.True(spans.Count(span => span.Name == "connector call_module") >= 2, string.Join('\n', spans));
        Assert.True(spans.Count(span => span.Name.StartsWith("effect ", StringComparison.Ordinal)) >= 2, string.Join('\n', spans));
        var known = spans.Select(span => span.SpanId).Append(CallerSpan).ToHashSet();
        Assert.All(spans, span => Assert.Contains(span.ParentSpanId, known));

        // What goes out names the span that sent it.
        var sent = peer.Received.Where(received => received.Method == "POST").SelectMany(received => received.Header("traceparent"))
            .Concat(receiver.Received.Select(webhook => webhook.Headers["traceparent"])).ToList();
        Assert.Equal(4, sent.Count);
        Assert.All(sent, header =>
        {
            Assert.StartsWith($"00-{TraceId}-", header, StringComparison.Ordinal);
            Assert.Contains(header.Split('-')[2], known);
        });
        Assert.Equal(4, sent.Distinct().Count());

        // No attribute carries what the caller sent, only names from bounded sets and our own ids.
        Assert.DoesNotContain(sink.Spans.SelectMany(span => span.Attributes.Values), value => value.Contains("traced", StringComparison.Ordinal));

        List<ExportedSpan> Spans() => [.. sink.Spans.Where(span => span.TraceId == TraceId)];
    }
}
