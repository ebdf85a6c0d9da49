using System.Diagnostics;
using System.Diagnostics.Metrics;
using Qrossing.Gateway.Observability;

namespace Qrossing.Tests.Gateway;

[Trait("Kind", "unit")]
public sealed class PrometheusTextTests
{
    private const string Promtool = "/usr/bin/promtool";

    [Theory]
    [InlineData("http.server.request.duration", "s", nameof(MetricKind.Histogram), "http_server_request_duration_seconds")]
    [InlineData("qrossing.effects.transitions", null, nameof(MetricKind.Counter), "qrossing_effects_transitions_total")]
    [InlineData("qrossing.connector.calls", "{call}", nameof(MetricKind.Counter), "qrossing_connector_calls_total")]
    [InlineData("process.resident_memory", "By", nameof(MetricKind.Gauge), "process_resident_memory_bytes")]
    [InlineData("process.cpu", "s", nameof(MetricKind.Counter), "process_cpu_seconds_total")]
    [InlineData("uptime_seconds", "s", nameof(MetricKind.Gauge), "uptime_seconds")]
    public void Name_carries_base_unit_and_total(string instrument, string? unit, string kind, string name) =>
        Assert.Equal(name, PrometheusText.NameOf(instrument, unit, Enum.Parse<MetricKind>(kind)).Name);

    [Fact]
    public void Text_of_every_kind_is_written_exactly()
    {
        var text = PrometheusText.Write(
        [
            new MetricFamily("a_total", "With a \\ and\nlines.", MetricKind.Counter, null, [new MetricSample([new("x.y", "q\"\\\n")], 3, [])]),
            new MetricFamily("b_seconds", "B.", MetricKind.Histogram, "seconds", [new MetricSample([], 1.5, [new(1, 2), new(double.PositiveInfinity, 3)])]),
        ]);

        Assert.Equal(
            "# HELP a_total With a \\\\ and\\nlines.\n# TYPE a_total counter\na_total{x_y=\"q\\\"\\\\\\n\"} 3\n"
            + "# HELP b_seconds B.\n# TYPE b_seconds histogram\n# UNIT b_seconds seconds\nb_seconds_bucket{le=\"1\"} 2\nb_seconds_bucket{le=\"+Inf\"} 3\nb_seconds_sum 1.5\nb_seconds_count 3\n",
            text);
    }

    [Fact]
    public void Collector_reads_what_instruments_measured()
    {
        using var meter = new Meter("Qrossing.Test");
        using var collector = new MetricCollector();
        var counter = meter.CreateCounter<long>("qrossing.test.things", "{thing}", "Things.");
        var level = meter.CreateUpDownCounter<int>("qrossing.test.level", description: "Level.");
        var duration = meter.CreateHistogram("qrossing.test.duration", "s", "Duration.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        meter.CreateObservableGauge("qrossing.test.depth", static () => 7.5, null, "Depth.");

        counter.Add(2, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(1, new KeyValuePair<string, object?>("kind", 5));
        level.Add(4);
        level.Add(-1);
        duration.Record(1);
        duration.Record(5);

        var lines = collector.Read().Split('\n').Where(line => line.StartsWith("qrossing_test", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(
            new HashSet<string>
            {
                "qrossing_test_things_total{kind=\"a\"} 5", "qrossing_test_things_total{kind=\"5\"} 1", "qrossing_test_level 3", "qrossing_test_depth 7.5",
                "qrossing_test_duration_seconds_bucket{le=\"1\"} 1", "qrossing_test_duration_seconds_bucket{le=\"2\"} 1", "qrossing_test_duration_seconds_bucket{le=\"+Inf\"} 2",
                "qrossing_test_duration_seconds_sum 6", "qrossing_test_duration_seconds_count 2",
            },
            lines);
    }

    [Fact]
    public void Observable_series_that_is_gone_is_left_out()
    {
        using var meter = new Meter("Qrossing.Test");
        using var collector = new MetricCollector();
        var states = new List<string> { "ready", "paused" };
        meter.CreateObservableGauge("qrossing.test.states", () => states.Select(state => new Measurement<int>(1, new KeyValuePair<string, object?>("state", state))));

        Assert.Contains("state=\"paused\"", collector.Read(), StringComparison.Ordinal);
        states.Remove("paused");

        var text = collector.Read();
        Assert.DoesNotContain("state=\"paused\"", text, StringComparison.Ordinal);
        Assert.Contains("state=\"ready\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_sets_beyond_the_limit_count_as_one()
    {
        using var meter = new Meter("Qrossing.Test");
        using var collector = new MetricCollector();
        var counter = meter.CreateCounter<long>("qrossing.test.flood");

        await Parallel.ForAsync(0, 5_000, (i, _) =>
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
            return ValueTask.CompletedTask;
        });

        var values = collector.Read().Split('\n').Where(line => line.StartsWith("qrossing_test_flood_total", StringComparison.Ordinal)).ToList();
        Assert.InRange(values.Count, 1_000, 2_001);
        Assert.Equal(5_000, values.Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..])));
    }

    [Fact]
    [Trait("Needs", "promtool")]
    public async Task Text_passes_promtool()
    {
        Assert.SkipUnless(File.Exists(Promtool), "promtool (package prometheus) is not installed.");
        using var meter = new Meter("Qrossing.Test");
        using var collector = new MetricCollector();
        using var process = new ProcessTelemetry();
        meter.CreateCounter<long>("qrossing.test.things", "{thing}", "Things.").Add(1, new KeyValuePair<string, object?>("q.kind", "a\"b"));
        meter.CreateHistogram<double>("qrossing.test.duration", "s", "Duration.").Record(0.2);

        var start = new ProcessStartInfo(Promtool, ["check", "metrics"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        using var promtool = Process.Start(start)!;
        await promtool.StandardInput.WriteAsync(collector.Read());
        promtool.StandardInput.Close();
        var said = await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(string.Empty, said);
        Assert.Equal(0, promtool.ExitCode);
    }
}
