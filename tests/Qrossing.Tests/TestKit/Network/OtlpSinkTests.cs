using System.Diagnostics;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Qrossing.TestKit.Network;

namespace Qrossing.Tests.TestKit.Network;

[Trait("Kind", "unit")]
public sealed class OtlpSinkTests
{
    [Fact]
    public async Task Sink_reads_the_spans_that_the_OpenTelemetry_exporter_sends()
    {
        await using var sink = await OtlpSink.StartAsync();
        using var source = new ActivitySource("otlp-sink-tests");
        using var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .AddOtlpExporter(exporter =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = new Uri(sink.Endpoint, "/v1/traces");
            })
            .Build();

        ActivityTraceId trace;
        ActivitySpanId parentId;
        using (var parent = source.StartActivity("outer"))
        {
            (trace, parentId) = (parent!.TraceId, parent.SpanId);
            using var child = source.StartActivity("inner");
            child!.SetTag("q.kind", "cloud.local");
            child.SetTag("q.attempt", 2);
        }

        tracing.ForceFlush();
        var spans = await sink.WaitForAsync(all => all.Count == 2, TestContext.Current.CancellationToken);

        var outer = Assert.Single(spans, span => span.Name == "outer");
        var inner = Assert.Single(spans, span => span.Name == "inner");
        Assert.Equal(("", trace.ToHexString()), (outer.ParentSpanId, outer.TraceId));
        Assert.Equal((parentId.ToHexString(), trace.ToHexString()), (inner.ParentSpanId, inner.TraceId));
        Assert.Equal("cloud.local", inner.Attributes["q.kind"]);
    }

    [Fact]
    public void Walker_refuses_a_message_that_is_cut_off()
    {
        byte[] cut = [0x0a, 0x05, 0x01];

        Assert.Throws<FormatException>(() => new ProtobufWalker(cut).Next());
    }
}
