using System.Globalization;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;

namespace Qrossing.ContractTests.Stores;

/// <summary>
/// Measures the writer; asserts nothing but that all was stored. Runs only when asked for (<c>-explicit only -trait Kind=load</c>) and prints
/// what the disk can do beside it.
/// </summary>
[Trait("Kind", "load")]
public abstract class WriterLoad(StoreEngine engine, ITestOutputHelper output) : StoreTests(engine)
{
    private const int Callers = 64;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);

    [Fact(Explicit = true)]
    public async Task Writer_with_64_callers_that_insert_effect_key_two_events_and_two_entries()
    {
        var syncs = SyncsPerSecond();
        await RunAsync(WarmUp);
        var before = await Db.Events.HeadAsync(Cancel);
        var processor = Environment.CpuUsage.TotalTime;

        var units = await RunAsync(Measured);

        processor = Environment.CpuUsage.TotalTime - processor;
        Assert.Equal(units * 4, await Db.Events.HeadAsync(Cancel) - before);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Db.Database.Engine}: {units / Measured.TotalSeconds:F0} units/s ({processor.TotalMicroseconds / units:F0} us CPU each) with {Callers} callers; fsync alone {syncs:F0}/s");
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }

    private async Task<long> RunAsync(TimeSpan duration)
    {
        var end = TimeProvider.System.GetTimestamp() + (long)(duration.TotalSeconds * TimeProvider.System.TimestampFrequency);
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(end), Cancel)));
        return counts.Sum();
    }

    private async Task<long> CallAsync(long end)
    {
        var count = 0L;
        while (TimeProvider.System.GetTimestamp() < end)
        {
            var effect = Samples.Effect();
            var key = new IdempotencyRecord { Tenant = effect.Tenant, Client = effect.Client, Key = effect.Id.Text, Fingerprint = "ff", Effect = effect.Id };
            await Db.WriteAsync(session =>
            {
                Db.Effects.Insert(session, effect);
                Db.Effects.InsertKey(session, key);
                session.Append(Samples.Event(Samples.Ids.New<EventId>().Text, subject: effect.Id.Text, effect: effect.Id));
                session.Append(Samples.Event(Samples.Ids.New<EventId>().Text, subject: effect.Id.Text, effect: effect.Id));
                session.Append(Samples.Draft("effects.recorded", effect.Id.Text));
                session.Append(Samples.Draft("effects.sending", effect.Id.Text));
            });
            count++;
        }

        return count;
    }

    private static double SyncsPerSecond()
    {
        const int Count = 300;
        using var folder = new TemporaryFolder("sync");
        using var file = File.Create(Path.Combine(folder.Path, "file"));
        var page = new byte[4096];
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Count; i++)
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
        }

        return Count / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}

public sealed class SqliteWriterLoad(ITestOutputHelper output) : WriterLoad(new SqliteStores(), output);

[Trait("Needs", "postgres")]
public sealed class PostgreSqlWriterLoad(CounterpartHost counterparts, ITestOutputHelper output) : WriterLoad(new PostgreSqlStores(counterparts), output);
