using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects;
using Qrossing.Core.Persistence;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Stores;

public abstract class EffectStoreTests(StoreEngine engine) : StoreTests(engine)
{
    [Fact]
    public async Task Effect_is_read_as_it_was_inserted_and_updated()
    {
        var bare = Samples.Effect();
        var full = Samples.FullEffect();
        await InsertAsync(bare, full);
        AssertSame(bare, await Db.Effects.GetAsync(Samples.Tenant, bare.Id, Cancel));
        AssertSame(full, await Db.Effects.GetAsync(Samples.Tenant, full.Id, Cancel));

        var changed = full with { Id = bare.Id, Parent = null, TraceParent = null, Version = 2 };
        var (updated, seen) = await Db.Writer.WriteAsync(
            session => (Db.Effects.TryUpdate(session, changed, 1), Db.Effects.Get(session, Samples.Tenant, bare.Id)), Cancel);

        Assert.True(updated);
        AssertSame(changed, seen);
        AssertSame(changed, await Db.Effects.GetAsync(Samples.Tenant, bare.Id, Cancel));
    }

    [Fact]
    public async Task Update_over_another_version_changes_nothing()
    {
        var effect = Samples.Effect();
        await InsertAsync(effect);

        var updated = await Db.Writer.WriteAsync(session => Db.Effects.TryUpdate(session, effect with { Reason = "x", Version = 3 }, 2), Cancel);

        Assert.False(updated);
        AssertSame(effect, await Db.Effects.GetAsync(Samples.Tenant, effect.Id, Cancel));
    }

    [Fact]
    public async Task Effect_of_another_tenant_is_not_found()
    {
        var effect = Samples.Effect();
        await InsertAsync(effect);

        Assert.Null(await Db.Effects.GetAsync(Samples.Other, effect.Id, Cancel));
        Assert.Empty((await Db.Effects.ListAsync(Samples.Other, new EffectListFilter(), new PageRequest(), Cancel)).Items);
        Assert.Null(await Db.Writer.WriteAsync(session => Db.Effects.Get(session, Samples.Other, effect.Id), Cancel));
    }

    [Fact]
    public async Task List_goes_newest_first_in_pages_and_through_every_filter()
    {
        Effect[] effects =
        [
            Samples.Effect(), Samples.Effect(EffectPhase.Sending), Samples.Effect(EffectPhase.Unknown) with { Connection = "b" },
            Samples.Effect(EffectPhase.Succeeded, Finality.Final) with { Kind = "k2" }, Samples.Effect(EffectPhase.Failed),
            Samples.Effect(EffectPhase.Canceled), Samples.Effect(EffectPhase.Reversed),
        ];
        await InsertAsync(effects);

        var ids = new List<EffectId>();
        string? after = null;
        do
        {
            var page = await Db.Effects.ListAsync(Samples.Tenant, new EffectListFilter(), new PageRequest(3, after), Cancel);
            ids.AddRange(page.Items.Select(effect => effect.Id));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(effects.Reverse().Select(effect => effect.Id), ids);
        await AssertListAsync(new EffectListFilter(EffectOutcome.Pending), effects[1], effects[0]);
        await AssertListAsync(new EffectListFilter(EffectOutcome.Unknown), effects[2]);
        await AssertListAsync(new EffectListFilter(EffectOutcome.Succeeded), effects[3]);
        await AssertListAsync(new EffectListFilter(EffectOutcome.Failed), effects[5], effects[4]);
        await AssertListAsync(new EffectListFilter(EffectOutcome.Reversed), effects[6]);
        await AssertListAsync(new EffectListFilter(Connection: "b"), effects[2]);
        await AssertListAsync(new EffectListFilter(Kind: "k2"), effects[3]);
        await AssertListAsync(new EffectListFilter(EffectOutcome.Failed, "b", "k2"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("***")]
    [InlineData("_w")]
    [InlineData("AA")]
    public async Task Cursor_that_cannot_be_read_is_a_format_error(string after) =>
        await Assert.ThrowsAsync<FormatException>(
            async () => await Db.Effects.ListAsync(Samples.Tenant, new EffectListFilter(), new PageRequest(10, after), Cancel));

    [Fact]
    public async Task Due_effects_come_oldest_first_with_those_that_hang_under_an_older_epoch()
    {
        var late = Samples.Effect() with { NextActionAt = Samples.Time.AddSeconds(-2) };
        var later = Samples.Effect() with { NextActionAt = Samples.Time.AddSeconds(-3), Tenant = Samples.Other };
        var now = Samples.Effect() with { NextActionAt = Samples.Time };
        var future = Samples.Effect() with { NextActionAt = Samples.Time.AddMicroseconds(1) };
        var hanging = Samples.Effect(EffectPhase.Sending) with { ClaimEpoch = 3, NextActionAt = Samples.Time.AddHours(1), ClaimedUntil = Samples.Time.AddHours(1) };
        var hangingAndDue = Samples.Effect(EffectPhase.Sending) with { ClaimEpoch = 3, NextActionAt = Samples.Time.AddSeconds(-1) };
        var ours = Samples.Effect(EffectPhase.Sending) with { ClaimEpoch = 4 };
        await InsertAsync(late, later, now, future, hanging, hangingAndDue, ours);

        var due = await Db.Effects.ListDueAsync(Samples.Time, 4, [], 100, Cancel);
        var first = await Db.Effects.ListDueAsync(Samples.Time, 4, [], 2, Cancel);

        Assert.Equal([later.Id, late.Id, hangingAndDue.Id, now.Id, hanging.Id], due.Select(effect => effect.Id));
        Assert.Equal([later.Id, late.Id], first.Select(effect => effect.Id));
        Assert.Equal(later.NextActionAt, await Db.Effects.NextDueAsync([], Cancel));
    }

    [Fact]
    public async Task Due_effects_of_a_connection_that_has_enough_to_do_are_left_out()
    {
        var slow = Samples.Effect() with { Connection = "slow", NextActionAt = Samples.Time.AddSeconds(-9) };
        var fast = Samples.Effect() with { Connection = "fast", NextActionAt = Samples.Time.AddSeconds(-1) };
        await InsertAsync(slow, fast);

        Assert.Equal([fast.Id], (await Db.Effects.ListDueAsync(Samples.Time, 4, ["slow"], 10, Cancel)).Select(effect => effect.Id));
        Assert.Equal(fast.NextActionAt, await Db.Effects.NextDueAsync(["slow"], Cancel));
        Assert.Equal(["slow", "fast"], (await Db.Effects.ListDueAsync(Samples.Time, 4, [], 10, Cancel)).Select(effect => effect.Connection));
    }

    [Fact]
    public async Task Open_effects_are_listed_page_by_page()
    {
        var open = new[] { Samples.Effect(), Samples.Effect(EffectPhase.Unknown), Samples.Effect() with { Tenant = Samples.Other } };
        await InsertAsync([.. open, Samples.Effect(EffectPhase.Failed)]);

        var seen = new List<EffectHandle>();
        while (await Db.Effects.ListOpenAsync(seen.LastOrDefault().Tenant is { Text: not null } last ? last : null, seen.Count == 0 ? null : seen[^1].Id, 2, Cancel) is { Count: > 0 } page)
        {
            seen.AddRange(page);
        }

        Assert.Equal(open.Select(effect => effect.Id.Text).Order(StringComparer.Ordinal), seen.Select(effect => effect.Id.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lists_leave_out_what_may_be_large()
    {
        var large = Samples.Effect(EffectPhase.Failed) with { Result = new byte[5_000], Prepared = new byte[5_000] };
        var small = Samples.Effect(EffectPhase.Failed) with { Result = new byte[10] };
        await InsertAsync(large, small);

        var listed = (await Db.Effects.ListAsync(Samples.Tenant, new EffectListFilter(), new PageRequest(10), Cancel)).Items;
        Assert.Null(listed.Single(effect => effect.Id == large.Id).Result);
        Assert.Null(listed.Single(effect => effect.Id == large.Id).Prepared);
        Assert.Equal(10, listed.Single(effect => effect.Id == small.Id).Result?.Length);
        Assert.All(listed, effect => Assert.Equal(0, effect.Request.Length));
    }

    [Fact]
    public async Task A_lookup_that_shows_the_same_again_costs_no_row()
    {
        var effect = Samples.Effect(EffectPhase.Unknown);
        await InsertAsync(effect);
        var asked = new EffectAttempt { Tenant = effect.Tenant, Effect = effect.Id, Number = 2, Kind = "lookup", StartedAt = Samples.Time, EndedAt = Samples.Time.AddSeconds(1), Evidence = "absent", PeerReference = "0x1" };
        Assert.Equal(2, await Db.Writer.WriteAsync(session => Db.Effects.PutAttempt(session, asked), Cancel));
        Assert.Equal(2, await Db.Writer.WriteAsync(session => Db.Effects.PutAttempt(session, asked with { Number = 3, StartedAt = Samples.Time.AddSeconds(5), EndedAt = Samples.Time.AddSeconds(6), PeerReference = null }), Cancel));
        Assert.Equal(3, await Db.Writer.WriteAsync(session => Db.Effects.PutAttempt(session, asked with { Number = 3, StartedAt = Samples.Time.AddSeconds(8), EndedAt = Samples.Time.AddSeconds(9), Evidence = "cannot_tell" }), Cancel));

        var attempts = await Db.Effects.ListAttemptsAsync(effect.Tenant, effect.Id, Cancel);
        Assert.Equal([(2, "absent"), (3, "cannot_tell")], attempts.Select(attempt => (attempt.Number, attempt.Evidence)));
        Assert.Equal((Samples.Time, Samples.Time.AddSeconds(6), "0x1"), (attempts[0].StartedAt, attempts[0].EndedAt, attempts[0].PeerReference));
    }

    [Fact]
    public async Task Next_due_is_nothing_while_nothing_waits()
    {
        await InsertAsync(Samples.Effect(EffectPhase.Failed));

        Assert.Null(await Db.Effects.NextDueAsync([], Cancel));
        Assert.Empty(await Db.Effects.ListDueAsync(Samples.Time, 9, [], 10, Cancel));
    }

    [Fact]
    public async Task Totals_count_what_is_not_at_rest_and_keep_the_time_the_unknown_began()
    {
        var unknown = Samples.Effect() with { NextActionAt = Samples.Time.AddSeconds(1) };
        await InsertAsync(
            unknown, Samples.Effect(), Samples.Effect(EffectPhase.Succeeded, Finality.Provisional), Samples.Effect(EffectPhase.Succeeded, Finality.Final),
            Samples.Effect(EffectPhase.Failed), Samples.Effect(EffectPhase.Canceled), Samples.Effect(EffectPhase.Reversed));
        var into = unknown with { State = new EffectState(EffectPhase.Unknown), Version = 2, UpdatedAt = Samples.Time.AddSeconds(10) };
        var within = into with { Version = 3, Tries = 1, UpdatedAt = Samples.Time.AddSeconds(20) };
        await Db.WriteAsync(session => Assert.True(Db.Effects.TryUpdate(session, into, 1) && Db.Effects.TryUpdate(session, within, 2)));

        var totals = await Db.Effects.TotalsAsync(Samples.Time.AddSeconds(2), Cancel);
        var before = await Db.Effects.TotalsAsync(Samples.Time.AddSeconds(1), Cancel);

        Assert.Equal(
            new Dictionary<EffectPhase, long> { [EffectPhase.Unknown] = 1, [EffectPhase.Recorded] = 1, [EffectPhase.Succeeded] = 1 },
            totals.ByPhase);
        Assert.Equal(Samples.Time.AddSeconds(10), totals.OldestUnknown);
        Assert.Equal(Samples.Time.AddSeconds(1), totals.MostOverdue);
        Assert.Null(before.MostOverdue);
    }

    [Fact]
    public async Task Totals_of_an_empty_ledger_are_empty()
    {
        var totals = await Db.Effects.TotalsAsync(Samples.Time, Cancel);

        Assert.Empty(totals.ByPhase);
        Assert.Null(totals.OldestUnknown);
        Assert.Null(totals.MostOverdue);
    }

    [Fact]
    public async Task Attempts_are_completed_by_number_and_listed_in_order()
    {
        var id = Samples.Ids.New<EffectId>();
        var begun = new EffectAttempt { Tenant = Samples.Tenant, Effect = id, Number = 1, Kind = "send", StartedAt = Samples.Time };
        var ended = begun with
        {
            EndedAt = Samples.Time.AddSeconds(1),
            Evidence = "done",
            Code = "c",
            PeerCode = "pc",
            PeerRequestId = "pr",
            PeerReference = "0x1",
        };
        var lookups = Enumerable.Range(2, 204).Select(number => begun with { Number = number, Kind = "lookup" }).ToArray();

        await Db.Writer.WriteAsync(session => Db.Effects.PutAttempt(session, begun));
        Assert.Equal([begun], await Db.Effects.ListAttemptsAsync(Samples.Tenant, id, Cancel));
        await Db.Writer.WriteAsync(session => Db.Effects.PutAttempt(session, ended));
        Assert.Equal([ended], await Db.Effects.ListAttemptsAsync(Samples.Tenant, id, Cancel));
        await Db.WriteAsync(session => Array.ForEach(lookups, attempt => Db.Effects.PutAttempt(session, attempt)));

        var attempts = await Db.Effects.ListAttemptsAsync(Samples.Tenant, id, Cancel);
        Assert.Equal(Enumerable.Range(6, 200), attempts.Select(attempt => attempt.Number));
    }

    [Fact]
    public async Task Key_belongs_to_tenant_and_client_and_takes_the_newest_answer()
    {
        var effect = Samples.Ids.New<EffectId>();
        var record = new IdempotencyRecord { Tenant = Samples.Tenant, Client = "cli_1", Key = "k", Fingerprint = "ff", Effect = effect };
        var answer = new StoredAnswer(201, "application/json", "/v1/x", Samples.Bytes("{}"));
        await Db.WriteAsync(session =>
        {
            Db.Effects.InsertKey(session, record);
            Db.Effects.InsertKey(session, record with { Client = "cli_2" });
            Db.Effects.InsertKey(session, record with { Tenant = Samples.Other, Effect = Samples.Ids.New<EffectId>() });
            Assert.Equal(record, Db.Effects.FindKey(session, Samples.Tenant, "cli_1", "k"));
            Assert.Null(Db.Effects.FindKey(session, Samples.Tenant, "cli_3", "k"));
        });

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Db.WriteAsync(session => Db.Effects.InsertKey(session, record)));
        await Db.WriteAsync(session => Db.Effects.StoreAnswer(session, Samples.Tenant, effect, new StoredAnswer(500, "x", null, Samples.Bytes("early"))));
        await Db.WriteAsync(session => Db.Effects.StoreAnswer(session, Samples.Tenant, effect, null));
        Assert.Null((await Db.Effects.FindKeyAsync(Samples.Tenant, "cli_1", "k", Cancel))!.Answer);
        await Db.WriteAsync(session => Db.Effects.StoreAnswer(session, Samples.Tenant, effect, answer));

        foreach (var client in new[] { "cli_1", "cli_2" })
        {
            var stored = (await Db.Effects.FindKeyAsync(Samples.Tenant, client, "k", Cancel))!.Answer!;
            Assert.Equal((201, "application/json", "/v1/x"), (stored.Status, stored.ContentType, stored.Location));
            Assert.Equal(answer.Body.ToArray(), stored.Body.ToArray());
        }

        Assert.Null((await Db.Effects.FindKeyAsync(Samples.Other, "cli_1", "k", Cancel))!.Answer);
        Assert.Null(await Db.Effects.FindKeyAsync(Samples.Tenant, "cli_1", "unused", Cancel));
    }

    [Fact]
    public async Task Wake_reaches_what_waits_for_it_on_the_connection_and_nothing_else()
    {
        var waiting = Samples.Effect() with { WaitsFor = "connection_paused" };
        var otherReason = Samples.Effect() with { WaitsFor = "funds" };
        var otherConnection = Samples.Effect() with { WaitsFor = "connection_paused", Connection = "b" };
        var otherTenant = Samples.Effect() with { WaitsFor = "connection_paused", Tenant = Samples.Other };
        await InsertAsync(waiting, otherReason, otherConnection, otherTenant);

        await Db.WriteAsync(session => Db.Effects.Wake(session, Samples.Tenant, "store", "connection_paused", Samples.Time));

        var woken = (await Db.Effects.GetAsync(Samples.Tenant, waiting.Id, Cancel))!;
        Assert.Equal((Samples.Time, null, 2L), (woken.NextActionAt, woken.WaitsFor, woken.Version));
        AssertSame(otherReason, await Db.Effects.GetAsync(Samples.Tenant, otherReason.Id, Cancel));
        AssertSame(otherConnection, await Db.Effects.GetAsync(Samples.Tenant, otherConnection.Id, Cancel));
        AssertSame(otherTenant, await Db.Effects.GetAsync(Samples.Other, otherTenant.Id, Cancel));
    }

    private Task InsertAsync(params Effect[] effects) => Db.WriteAsync(session => Array.ForEach(effects, effect => Db.Effects.Insert(session, effect)));

    private async Task AssertListAsync(EffectListFilter filter, params Effect[] expected)
    {
        var page = await Db.Effects.ListAsync(Samples.Tenant, filter, new PageRequest(), Cancel);
        Assert.Equal(expected.Select(effect => effect.Id), page.Items.Select(effect => effect.Id));
        Assert.Null(page.Next);
    }

    private static void AssertSame(Effect expected, Effect? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Request.ToArray(), actual.Request.ToArray());
        Assert.Equal(expected.Prepared?.ToArray(), actual.Prepared?.ToArray());
        Assert.Equal(expected.Result?.ToArray(), actual.Result?.ToArray());
        Assert.Equal(expected, actual with { Request = expected.Request, Prepared = expected.Prepared, Result = expected.Result });
    }
}

public sealed class SqliteEffectStoreTests() : EffectStoreTests(new SqliteStores());

[Trait("Needs", "postgres")]
public sealed class PostgreSqlEffectStoreTests(CounterpartHost counterparts) : EffectStoreTests(new PostgreSqlStores(counterparts));
