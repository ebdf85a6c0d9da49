using Qrossing.Benchmarks.Load;
using Qrossing.Benchmarks.Measuring;
using Qrossing.Benchmarks.Rivals;

namespace Qrossing.Benchmarks.Profiles;

/// <summary><c>/m/{module}</c> with API key, permission, metrics and one trace in a hundred exported, beside bare YARP: same upstream, same Kestrel settings, same client.</summary>
internal sealed class ProxyProfile : IProfile
{
    private const int Connections = 32;
    private const string Answer = """{"status":"ok","data":{"key":"k","value":"v"}}""";
    private const double Goal = 1.25;

    public string Name => "proxy";

    public async Task RunAsync(ProfileOptions options, Report report)
    {
        using var upstream = new InstantPeer(200, Answer);
        using var collector = new InstantPeer(200, "{}");
        await using var gateway = await GatewayUnderTest.StartAsync(
            options,
            settings: new Dictionary<string, string> { ["Modules:qindex:BaseUrl"] = upstream.BaseUrl.ToString() },
            environment: new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.BaseUrl.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
                ["OTEL_TRACES_SAMPLER_ARG"] = "0.01",
            });
        await using var yarp = await YarpRival.StartAsync(upstream.BaseUrl);
        var ours = new Side(new HttpTarget(gateway.BaseUrl, "GET", "/m/qindex/qindex/get/k", new Dictionary<string, string> { ["X-Api-Key"] = gateway.AdminKey }), gateway.Pid);
        var bare = new Side(new HttpTarget(yarp.BaseUrl, "GET", "/m/qindex/qindex/get/k", new Dictionary<string, string> { ["X-Api-Key"] = gateway.AdminKey }), yarp.Pid);

        Report.Say($"{Name}: warming both up");
        await bare.RunAsync(options.WarmUp, count: false);
        await ours.RunAsync(options.WarmUp, count: false);
        for (var turn = 0; turn < options.Turns; turn++)
        {
            await bare.RunAsync(options.Turn);
            await ours.RunAsync(options.Turn);
        }

        var ratio = ours.MicrosecondsPerRequest / bare.MicrosecondsPerRequest;
        report.Add(new Figure(Name, "bare YARP, CPU per request", $"{bare.MicrosecondsPerRequest:F1} us ({bare.PerSecond:F0}/s)"));
        report.Add(new Figure(Name, "gateway, CPU per request", $"{ours.MicrosecondsPerRequest:F1} us ({ours.PerSecond:F0}/s)"));
        report.Add(new Figure(Name, "ratio", $"{ratio:F2}", $"<= {Goal}", ratio <= Goal));
    }

    private sealed class Side(HttpTarget target, int pid)
    {
        private TimeSpan _processor;
        private TimeSpan _wall;
        private long _answers;

        public double MicrosecondsPerRequest => _processor.TotalMicroseconds / _answers;

        public double PerSecond => _answers / _wall.TotalSeconds;

        public async Task RunAsync(TimeSpan duration, bool count = true)
        {
            var before = ProcessMeter.Processor(pid);
            var result = await HttpLoad.RunAsync(target, Connections, duration, expected: 200);
            if (result.Others > 0)
            {
                throw new InvalidOperationException($"{target.BaseUrl}: {result.Others} answers were not 200.");
            }

            if (count)
            {
                _processor += ProcessMeter.Processor(pid) - before;
                _wall += result.Duration;
                _answers += result.Answers;
            }
        }
    }
}
