using Qrossing.Benchmarks.Measuring;

namespace Qrossing.Benchmarks.Profiles;

/// <summary>From starting the published program to the first 200 of <c>/health/ready</c>, on an empty data directory and on a used one; and the memory it holds when nobody asks.</summary>
internal sealed class StartProfile : IProfile
{
    private const double StartGoal = 1.5;
    private const double MemoryGoal = 150;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    public string Name => "start";

    public async Task RunAsync(ProfileOptions options, Report report)
    {
        var (first, next, processor) = (new List<double>(), new List<double>(), new List<double>());
        var memory = 0L;
        for (var run = 0; run < options.Turns * 2; run++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await using var gateway = await GatewayUnderTest.StartAsync(options);
            first.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
            processor.Add(ProcessMeter.Processor(gateway.Pid).TotalSeconds);
            await gateway.StopAsync();
            began = TimeProvider.System.GetTimestamp();
            await gateway.RestartAsync();
            next.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
            if (run == 0)
            {
                Report.Say($"{Name}: idle for {Idle.TotalSeconds:F0} s");
                await Task.Delay(Idle, TimeProvider.System);
                memory = ProcessMeter.Resident(gateway.Pid);
            }
        }

        report.Add(new Figure(Name, $"start to ready, empty data directory, median of {first.Count}", $"{Median(first):F2} s ({first.Min():F2} to {first.Max():F2}; {Median(processor):F2} s CPU)", $"< {StartGoal} s", Median(first) < StartGoal));
        report.Add(new Figure(Name, $"start to ready, used data directory, median of {next.Count}", $"{Median(next):F2} s ({next.Min():F2} to {next.Max():F2})", $"< {StartGoal} s", Median(next) < StartGoal));
        report.Add(new Figure(Name, $"resident memory after {Idle.TotalSeconds:F0} s without a request", $"{memory / 1e6:F0} MB", $"< {MemoryGoal} MB", memory / 1e6 < MemoryGoal));
    }

    private static double Median(List<double> values) => new Latencies(values).Percentile(50);
}
