using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qrossing.Benchmarks.Load;
using Qrossing.Benchmarks.Measuring;
using Qrossing.Core.Audit;
using Qrossing.Core.Audit.Integration;
using Qrossing.TestKit.Processes;

namespace Qrossing.Benchmarks.Profiles;

/// <summary>Cost per effect in a database of ten thousand stored effects and in one of a million (a hundred thousand unless full), both gateways up, taking turns.</summary>
internal sealed class GrowthProfile : IProfile
{
    private const int Small = 10_000;
    private const int Callers = 64;
    private const double Goal = 1.10;

    public string Name => "growth";

    public async Task RunAsync(ProfileOptions options, Report report)
    {
        var large = options.IsFull ? 1_000_000 : 100_000;
        using var folder = new TemporaryFolder("growth");
        using var peer = new InstantPeer(201, GatewayUnderTest.PeerAnswer);
        await using var few = await StartAsync(options, Path.Combine(folder.Path, "few"), Small, peer);
        await using var many = await StartAsync(options, Path.Combine(folder.Path, "many"), large, peer);
        var sides = new[] { new Side(few, Small), new Side(many, large) };
        foreach (var side in sides)
        {
            await side.RunAsync(options.WarmUp, count: false);
        }

        for (var turn = 0; turn < options.Turns; turn++)
        {
            foreach (var side in sides)
            {
                await side.RunAsync(options.Turn);
            }
        }

        var ratio = sides[1].Microseconds / sides[0].Microseconds;
        foreach (var side in sides)
        {
            report.Add(new Figure(Name, $"CPU per effect, {side.Stored:N0} stored", $"{side.Microseconds:F0} us ({side.PerSecond:F0}/s)"));
        }

        report.Add(new Figure(Name, "ratio", $"{ratio:F2}", $"<= {Goal:F2} (equal)", ratio <= Goal));
        report.Add(new Figure(Name, "database, many", $"{new FileInfo(Path.Combine(folder.Path, "many", "qrossing.db")).Length / 1e9:F1} GB"));
    }

    private static async Task<GatewayProcess> StartAsync(ProfileOptions options, string data, int count, InstantPeer peer)
    {
        Report.Say($"growth: storing {count:N0} effects");
        await FillAsync(data, count);
        var gateway = await GatewayUnderTest.StartAsync(options, data);
        await GatewayUnderTest.ConnectOrdersAsync(gateway, peer);
        return gateway;
    }

    /// <summary>The rows an effect leaves behind when it ran through the ledger: itself, its key, one attempt, three events, three audit entries.</summary>
    private static async Task FillAsync(string data, int count)
    {
        const int PerUnit = 500;
        await using var services = await DataRooms.OpenAsync(data);
        var integrator = services.GetServices<IHostedService>().OfType<AuditIntegrationWorker>().Single();
        await integrator.StartAsync(CancellationToken.None);
        var rooms = new DataRooms(services);
        var stored = new StoredEffects(services.GetRequiredService<TimeProvider>());
        for (var done = 0; done < count; done += PerUnit)
        {
            await rooms.Writer.WriteAsync(session =>
            {
                for (var i = 0; i < PerUnit; i++)
                {
                    stored.Write(rooms.Effects, session);
                }

                return true;
            });
        }

        var leaves = await services.GetRequiredService<IAuditStore>().CountAsync(CancellationToken.None);
        await services.GetRequiredService<AuditHead>().WaitForAsync(leaves - 1, CancellationToken.None);
        await integrator.StopAsync(CancellationToken.None);
    }

    private sealed class Side(GatewayProcess gateway, int stored)
    {
        private readonly HttpTarget _orders = GatewayUnderTest.Orders(gateway, waitSeconds: 10);
        private TimeSpan _processor;
        private TimeSpan _wall;
        private long _answers;

        public int Stored => stored;

        public double Microseconds => _processor.TotalMicroseconds / _answers;

        public double PerSecond => _answers / _wall.TotalSeconds;

        public async Task RunAsync(TimeSpan duration, bool count = true)
        {
            var before = ProcessMeter.Processor(gateway.Pid);
            var result = await HttpLoad.RunAsync(_orders, Callers, duration, expected: 200);
            if (result.Others > 0)
            {
                throw new InvalidOperationException($"{result.Others} answers were not 200.");
            }

            if (count)
            {
                _processor += ProcessMeter.Processor(gateway.Pid) - before;
                _wall += result.Duration;
                _answers += result.Answers;
            }
        }
    }
}
