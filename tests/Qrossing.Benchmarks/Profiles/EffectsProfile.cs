using Qrossing.Benchmarks.Load;
using Qrossing.Benchmarks.Measuring;
using Qrossing.Benchmarks.Rivals;
using Qrossing.TestKit.Processes;

namespace Qrossing.Benchmarks.Profiles;

/// <summary>Effects through HTTP, each with a key of its own, 64 callers, SQLite with <c>synchronous=FULL</c>, against a peer that answers at once.</summary>
internal abstract class EffectsProfile(string name, string what, int waitSeconds, int status, double goal) : IProfile
{
    private const int Callers = 64;
    private const string PerSecond = "/s";

    public string Name => name;

    public async Task RunAsync(ProfileOptions options, Report report)
    {
        using var peer = new InstantPeer(201, GatewayUnderTest.PeerAnswer);
        using var folder = new TemporaryFolder("naive");
        using var naive = new NaiveLedger(folder.Path);
        await using var gateway = await GatewayUnderTest.StartAsync(options);
        await GatewayUnderTest.ConnectOrdersAsync(gateway, peer);
        var orders = GatewayUnderTest.Orders(gateway, waitSeconds);

        Report.Say($"{Name}: warming up");
        await HttpLoad.RunAsync(orders, Callers, options.WarmUp, status);
        var (answers, wall, processor, rivals, syncs) = (0L, TimeSpan.Zero, TimeSpan.Zero, new List<double>(), new List<double>());
        var times = new List<double>();
        var sent = 0L;
        for (var turn = 0; turn < options.Turns; turn++)
        {
            syncs.Add(DiskSyncs.PerSecond(folder.Path));
            rivals.Add(await naive.RunAsync(Callers, options.Turn));
            var before = ProcessMeter.Processor(gateway.Pid);
            var already = peer.Count;
            var result = await HttpLoad.RunAsync(orders, Callers, options.Turn, status);
            sent += peer.Count - already;
            processor += ProcessMeter.Processor(gateway.Pid) - before;
            if (result.Others > 0)
            {
                throw new InvalidOperationException($"{result.Others} answers were not {status}.");
            }

            answers += result.Answers;
            wall += result.Duration;
            times.Add(result.Times.Percentile(99));
        }

        var rate = answers / wall.TotalSeconds;
        report.Add(new Figure(Name, what, $"{rate:F0}{PerSecond}, p99 {times.Max():F0} ms, {Callers} callers", $">= {goal:F0}{PerSecond}", rate >= goal));
        report.Add(new Figure(Name, "CPU per answer, all that goes on behind it included", $"{processor.TotalMicroseconds / answers:F0} us"));
        report.Add(new Figure(Name, "effects sent to the peer meanwhile", $"{sent / wall.TotalSeconds:F0}{PerSecond}"));
        report.Add(new Figure(Name, "rival: two transactions per effect, no audit proofs, no HTTP", $"{rivals.Average():F0}{PerSecond}"));
        report.Add(new Figure(Name, "fsync of this disk in the same run, one writer", $"{syncs.Average():F0}{PerSecond}"));
    }
}

/// <summary>202 as soon as the first commit is durable.</summary>
internal sealed class EffectsAcceptedProfile() : EffectsProfile("effects-accepted", "durable 202 answers", waitSeconds: 0, status: 202, goal: 2_000);

/// <summary>200 once the outcome is durable too.</summary>
internal sealed class EffectsSucceededProfile() : EffectsProfile("effects-succeeded", "effects through to succeeded", waitSeconds: 10, status: 200, goal: 1_000);
