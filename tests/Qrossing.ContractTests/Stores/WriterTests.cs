using System.Globalization;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Stores;

public abstract class WriterTests(StoreEngine engine) : StoreTests(engine)
{
    [Fact]
    public async Task Writer_with_many_callers_gives_positions_without_gaps_that_a_polling_reader_sees_in_order()
    {
        const int Callers = 8;
        const int Units = 500;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = ReadUntilAsync(Callers * Units * 2, stop.Token);
        var writing = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => WriteUnitsAsync(caller, Units), Cancel)).ToArray();

        await Task.WhenAll(writing);
        var seen = await reading;

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(position => (long)position), seen.Select(logEvent => logEvent.Position));
        foreach (var perCaller in seen.GroupBy(logEvent => logEvent.Subject))
        {
            // Within one caller, in the order in which it wrote.
            Assert.Equal(
                Enumerable.Range(0, Units * 2).Select(n => $"{perCaller.Key}-{n}"),
                perCaller.Select(logEvent => logEvent.Id));
        }

        Assert.Equal(seen.Count, Db.Head.Position);
    }

    [Fact]
    public async Task Unit_that_throws_is_rolled_back_alone_with_its_events_and_entries()
    {
        var effect = Samples.Effect();
        await Db.WriteAsync(session => Db.Effects.Insert(session, effect));
        var other = Samples.Effect();

        var units = new[]
        {
            Db.WriteAsync(session => session.Append(Samples.Event("before"))),
            Db.WriteAsync(session =>
            {
                session.Append(Samples.Event("lost"));
                session.Append(Samples.Draft());
                Db.Effects.Insert(session, other);
                throw new InvalidOperationException("the caller's own");
            }),
            Db.WriteAsync(session =>
            {
                session.Append(Samples.Event("lost too"));
                Db.Effects.Insert(session, effect); // exists
            }),
            Db.WriteAsync(session => session.Append(Samples.Event("after"))),
        };

        await units[0];
        Assert.Equal("the caller's own", (await Assert.ThrowsAsync<InvalidOperationException>(() => units[1])).Message);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => units[2]);
        await units[3];
        var events = await Db.Events.ReadAsync(Samples.Tenant, 0, 10, EventFilter.All, Cancel);
        Assert.Equal(["before", "after"], events.Select(logEvent => logEvent.Id));
        Assert.Equal([1L, 2L], events.Select(logEvent => logEvent.Position));
        Assert.Equal(0, await Db.Audit.CountAsync(Cancel));
        Assert.Null(await Db.Effects.GetAsync(Samples.Tenant, other.Id, Cancel));
    }

    [Fact]
    public async Task Event_that_the_log_has_is_not_stored_again_in_the_same_unit_batch_or_later()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Db.Writer.WriteAsync(session => session.Append(Samples.Event("same")), Cancel)));
        var twice = await Db.Writer.WriteAsync(session => (session.Append(Samples.Event("two")), session.Append(Samples.Event("two"))), Cancel);
        var otherTenant = await Db.Writer.WriteAsync(session => session.Append(Samples.Event("same", tenant: Samples.Other)), Cancel);

        Assert.Single(results, stored => stored);
        Assert.Equal((true, false), twice);
        Assert.True(otherTenant);
        Assert.Equal(3, await Db.Events.HeadAsync(Cancel));
    }

    [Fact]
    public async Task Event_of_a_unit_that_was_rolled_back_may_be_appended_again()
    {
        var failing = Db.WriteAsync(session =>
        {
            session.Append(Samples.Event("again"));
            throw new InvalidOperationException();
        });
        var second = Db.Writer.WriteAsync(session => session.Append(Samples.Event("again")), Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.True(await second);
    }

    [Fact]
    public async Task Events_and_audit_entries_share_one_order_and_leaves_are_dense()
    {
        var first = Samples.Event("1");
        var second = Samples.Event("2");
        await Db.WriteAsync(session =>
        {
            session.Append(first);
            session.Append(Samples.Draft("test.a"));
            session.Append(Samples.Draft("test.b"));
            session.Append(second);
        });
        await Db.WriteAsync(session => session.Append(Samples.Draft("test.c")));

        var entries = await Db.Audit.ReadAsync(0, 10, Cancel);
        Assert.Equal((1L, 4L), (first.Position, second.Position));
        Assert.Equal([("test.a", 0L, 2L), ("test.b", 1L, 3L), ("test.c", 2L, 5L)], entries.Select(entry => (entry.Action, entry.Leaf, entry.Position)));
        Assert.Contains("\"position\":3", System.Text.Encoding.UTF8.GetString(entries[1].Entry.Span), StringComparison.Ordinal);
        Assert.Equal(5, Db.Head.Position);
    }

    [Fact]
    public async Task Draft_that_does_not_seal_fails_its_own_unit_only()
    {
        var good = Enumerable.Range(0, 10).Select(n => Db.WriteAsync(session => session.Append(Samples.Event($"good {n}")))).ToArray();
        var bad = Db.WriteAsync(session => session.Append(Samples.Draft("test.unsealable")));
        var more = Enumerable.Range(10, 10).Select(n => Db.WriteAsync(session => session.Append(Samples.Event($"good {n}")))).ToArray();

        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => bad);
        await Task.WhenAll([.. good, .. more]);
        Assert.Equal(20, await Db.Events.HeadAsync(Cancel));
    }

    [Fact]
    public async Task Session_is_dead_after_its_unit()
    {
        var kept = await Db.Writer.WriteAsync(session => session, Cancel);

        Assert.Throws<InvalidOperationException>(() => kept.Append(Samples.Event("late")));
        Assert.Throws<InvalidOperationException>(() => Db.Effects.Insert(kept, Samples.Effect()));
    }

    [Fact]
    public async Task Unit_cancelled_before_it_began_does_not_run_and_one_that_began_is_finished()
    {
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        using var cancelFirst = new CancellationTokenSource();
        using var cancelSecond = new CancellationTokenSource();
        var first = Db.Writer.WriteAsync(
            session =>
            {
                begun.Set();
                goOn.Wait(Cancel);
                return session.Append(Samples.Event("first"));
            },
            cancelFirst.Token);
        begun.Wait(Cancel);
        var second = Db.Writer.WriteAsync(session => session.Append(Samples.Event("second")), cancelSecond.Token);
        await cancelFirst.CancelAsync();
        await cancelSecond.CancelAsync();
        goOn.Set();

        Assert.True(await first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await Db.WriteAsync(session => session.Append(Samples.Event("third")));
        Assert.Equal(["first", "third"], (await Db.Events.ReadAsync(Samples.Tenant, 0, 10, EventFilter.All, Cancel)).Select(logEvent => logEvent.Id));
    }

    [Fact]
    public async Task Unit_of_an_owner_that_another_process_replaced_is_refused_and_ownership_is_lost()
    {
        using (var elsewhere = Db.Get<SqlEngine>().OpenWriter())
        {
            elsewhere.Execute("UPDATE log_head SET epoch = epoch + 1");
        }

        var lost = Db.Database.OwnershipLost;

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => Db.WriteAsync(session => session.Append(Samples.Event("x"))));

        Assert.Equal("storage.not_owner", refused.Code);
        Assert.Equal(0, await Db.Events.HeadAsync(Cancel));
        Assert.False(refused.CommitUnknown);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, lost));
    }

    [Fact]
    public async Task Writer_after_close_refuses_and_before_close_finishes_what_it_has()
    {
        var queued = Enumerable.Range(0, 200).Select(n => Db.WriteAsync(session => session.Append(Samples.Event(n.ToString(CultureInfo.InvariantCulture))))).ToArray();

        await Db.Database.CloseAsync(Cancel);

        await Task.WhenAll(queued);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Db.WriteAsync(_ => { }));
        Assert.Equal(200, await Db.Events.HeadAsync(Cancel));
    }

    private async Task WriteUnitsAsync(int caller, int units)
    {
        for (var i = 0; i < units; i++)
        {
            var n = i * 2;
            await Db.WriteAsync(session =>
            {
                session.Append(Samples.Event($"{caller}-{n}", subject: $"{caller}"));
                session.Append(Samples.Event($"{caller}-{n + 1}", subject: $"{caller}"));
            });
        }
    }

    private async Task<List<LogEvent>> ReadUntilAsync(int count, CancellationToken stop)
    {
        var seen = new List<LogEvent>();
        while (seen.Count < count)
        {
            var after = seen.Count == 0 ? 0 : seen[^1].Position;
            await Db.Head.WaitAsync(after, stop);
            seen.AddRange(await Db.Events.ReadAsync(Samples.Tenant, after, 100, EventFilter.All, stop));
        }

        return seen;
    }
}

public sealed class SqliteWriterTests() : WriterTests(new SqliteStores());

[Trait("Needs", "postgres")]
public sealed class PostgreSqlWriterTests(CounterpartHost counterparts) : WriterTests(new PostgreSqlStores(counterparts));
