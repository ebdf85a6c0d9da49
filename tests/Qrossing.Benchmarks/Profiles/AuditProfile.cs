using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qrossing.Abstractions.Values;
using Qrossing.Benchmarks.Measuring;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Audit.Integration;
using Qrossing.TestKit.Processes;

namespace Qrossing.Benchmarks.Profiles;

/// <summary>
/// The transparency log as the product composes it, in process: entries a second that callers append one by one, and with an open loop at the goal's
/// rate how long it takes until a proof of the last of them can be read. Rival: the same rows through the same writer, nothing hashed, sealed or proven.
/// </summary>
internal sealed class AuditProfile : IProfile
{
    private const int Callers = 256;
    private const int Rate = 10_000;
    private const double ProofGoal = 40;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public string Name => "audit";

    public async Task RunAsync(ProfileOptions options, Report report)
    {
        using var folder = new TemporaryFolder("audit");
        await using var log = await Rooms.OpenAsync(Path.Combine(folder.Path, "log"), proves: true);
        await using var plain = await Rooms.OpenAsync(Path.Combine(folder.Path, "plain"), proves: false);
        Report.Say($"{Name}: warming up");
        await AppendAsync(plain, options.Turn);
        await AppendAsync(log, options.WarmUp);
        var (ours, rivals, syncs, processor) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var turn = 0; turn < options.Turns; turn++)
        {
            syncs.Add(DiskSyncs.PerSecond(folder.Path));
            rivals.Add((await AppendAsync(plain, options.Turn)).PerSecond);
            var (rate, cost) = await AppendAsync(log, options.Turn);
            ours.Add(rate);
            processor.Add(cost);
        }

        var disk = DiskSyncs.Measure(folder.Path);
        var proof = await ProveAsync(log, options.Turn * options.Turns);
        report.Add(new Figure(Name, $"entries appended and integrated, {Callers} callers, one each", $"{ours.Average():F0}/s ({processor.Average():F0} us CPU each)", $">= {Rate}/s", ours.Average() >= Rate));
        report.Add(new Figure(Name, $"append to proof at {Rate}/s, open loop, p99", $"{proof.Percentile(99):F1} ms (median {proof.Percentile(50):F1})", $"< {ProofGoal} ms", proof.Percentile(99) < ProofGoal));
        report.Add(new Figure(Name, "one fsync alone, just before", $"p99 {disk.Percentile(99):F1} ms (median {disk.Percentile(50):F1}); a proof needs two to four one after the other"));
        report.Add(new Figure(Name, "rival: the same rows, nothing hashed, sealed or proven", $"{rivals.Average():F0}/s"));
        report.Add(new Figure(Name, "fsync of this disk in the same run, one writer", $"{syncs.Average():F0}/s"));
    }

    /// <summary>A closed loop; ends when all that was appended is in the tree.</summary>
    private static async Task<(double PerSecond, double Microseconds)> AppendAsync(Rooms rooms, TimeSpan duration)
    {
        var began = TimeProvider.System.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var count = 0L;
            while (TimeProvider.System.GetElapsedTime(began) < duration)
            {
                await rooms.AppendAsync(caller);
                count++;
            }

            return count;
        })));
        await rooms.SettleAsync();
        var entries = counts.Sum();
        return (entries / TimeProvider.System.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / entries);
    }

    /// <summary>
    /// Every tick appends its share, whatever became of the ones before, and asks for the proof of its last entry. Counted from the instant at which the
    /// tick was due, so that a late generator counts against us. Positions are given in order of arrival: the last entry is the one with the count so far.
    /// </summary>
    private static async Task<Latencies> ProveAsync(Rooms rooms, TimeSpan duration)
    {
        var perTick = (int)(Rate * Tick.TotalSeconds);
        var first = await rooms.CountAsync();
        var began = TimeProvider.System.GetTimestamp();
        var proofs = new List<Task<double>>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var tick = 0; tick * Tick < duration;)
        {
            await timer.WaitForNextTickAsync();
            for (; tick * Tick <= TimeProvider.System.GetElapsedTime(began) && tick * Tick < duration; tick++)
            {
                var due = tick * Tick;
                var last = first + ((tick + 1L) * perTick) - 1;
                var appended = Enumerable.Range(0, perTick).Select(rooms.AppendAsync).ToArray();
                proofs.Add(Task.Run(async () =>
                {
                    await Task.WhenAll(appended);
                    await rooms.ProveAsync(last);
                    return (TimeProvider.System.GetElapsedTime(began) - due).TotalMilliseconds;
                }));
            }
        }

        return new Latencies([.. await Task.WhenAll(proofs)]);
    }

    /// <summary>Data, key ring and audit rooms over one database.</summary>
    private sealed class Rooms(ServiceProvider services, bool proves) : IAsyncDisposable
    {
        private static readonly RequestContext Reader = new(
            new Caller { Tenant = TenantId.Default, Client = "bench", Credential = "system", Scopes = [], Environment = "live" }, "bench", TraceParent: null);

        private readonly AuditHead _head = services.GetRequiredService<AuditHead>();
        private readonly DataRooms _data = new(services);

        public static async Task<Rooms> OpenAsync(string directory, bool proves)
        {
            var services = await DataRooms.OpenAsync(directory, proves ? null : static room => room.AddSingleton<IAuditSealer, PlainSealer>());
            if (proves)
            {
                await services.GetServices<IHostedService>().OfType<AuditIntegrationWorker>().Single().StartAsync(CancellationToken.None);
            }

            return new Rooms(services, proves);
        }

        public Task<bool> AppendAsync(int number) => _data.Writer.WriteAsync(session =>
        {
            session.Append(new AuditDraft
            {
                Tenant = TenantId.Default,
                Action = "effects.succeeded",
                Actor = "key:key_06f1m2v8d9w3x5z7a1b4c6d8e0",
                Subject = "eff_06f1m2v8d9w3x5z7a1b4c6d8e0",
                RequestId = "req_06f1m2v8d9w3x5z7a1b4c6d8e0",
                Payload = new JsonObject { ["kind"] = "http.operation", ["connection"] = "orders", ["from"] = "sending", ["to"] = "succeeded", ["version"] = number },
            });
            return true;
        });

        public ValueTask<long> CountAsync() => services.GetRequiredService<IAuditStore>().CountAsync(CancellationToken.None);

        public async Task SettleAsync()
        {
            if (proves)
            {
                await _head.WaitForAsync(await CountAsync() - 1, CancellationToken.None);
            }
        }

        public async Task ProveAsync(long leaf)
        {
            await _head.WaitForAsync(leaf, CancellationToken.None);
            var proof = await services.GetRequiredService<AuditReader>().GetAsync(Reader, leaf, CancellationToken.None);
            if (!proof.IsSuccess)
            {
                throw new InvalidOperationException($"No proof of {leaf}: {proof.Refusal.Detail}");
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (proves)
            {
                await services.GetServices<IHostedService>().OfType<AuditIntegrationWorker>().Single().StopAsync(CancellationToken.None);
            }

            await services.DisposeAsync();
        }
    }

    private sealed class PlainSealer : IAuditSealer
    {
        private static readonly byte[] Row = new byte[300];

        public (ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Sealed) Seal(AuditDraft draft, long position, DateTimeOffset time) => (Row, Row);
    }
}
