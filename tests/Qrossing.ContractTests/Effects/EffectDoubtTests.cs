using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects;

namespace Qrossing.ContractTests.Effects;

/// <summary>What the ledger does when the world takes things back, comes back from a backup, or hangs. Real SQLite database; the peer is a fake that counts.</summary>
[Trait("Kind", "contract")]
public sealed class EffectDoubtTests
{
    private readonly FakePeer _peer = new();

    [Fact]
    public async Task An_answer_that_was_taken_back_is_not_replayed()
    {
        _peer.Rules = _peer.Rules with { Repeats = PeerIdempotency.Natural, AbsenceProves = false, PollInterval = TimeSpan.FromMilliseconds(50) };
        _peer.Sends.Enqueue(Behaviour.ApplyForNow);
        for (var i = 0; i < 200; i++)
        {
            _peer.Lookups.Enqueue(Behaviour.Forgotten);
        }

        await using var rig = await LedgerRig.OpenAsync(_peer);
        var first = (await rig.SubmitAsync("k")).Value!;
        Assert.Equal((201, Finality.Provisional), (first.Final!.Status, first.Effect.State.Finality));

        await rig.UntilAsync(first.Effect.Id, effect => effect.State.Phase == EffectPhase.Unknown);
        var second = (await rig.SubmitAsync("k", waitSeconds: 0)).Value!;
        Assert.Null(second.Final);
        Assert.Equal(EffectOutcome.Unknown, second.Effect.State.Outcome);

        _peer.Lookups.Clear();
        await rig.UntilAsync(first.Effect.Id, effect => effect.State is { Finality: Finality.Final });
        Assert.Equal(201, (await rig.SubmitAsync("k")).Value!.Final!.Status);
        Assert.Equal(1, _peer.Applied[first.Effect.Id.Text]);
        Assert.Contains("q.gateway.effects.succeeded.v1.retracted", await TypesAsync(rig, first.Effect.Id));
    }

    [Fact]
    public async Task Later_proof_corrects_a_failure_and_the_answer_that_told_it()
    {
        _peer.Sends.Enqueue(Behaviour.Reject);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var failed = (await rig.SubmitAsync("k")).Value!;
        Assert.Equal(502, failed.Final!.Status);

        _peer.Applied[failed.Effect.Id.Text] = 1;
        var probed = await rig.Ledger.ProbeAsync(LedgerRig.Caller, failed.Effect.Id, TimeSpan.FromSeconds(5), CancellationToken.None);
        Assert.Equal(EffectOutcome.Succeeded, probed.Value!.State.Outcome);
        Assert.Equal(201, (await rig.SubmitAsync("k")).Value!.Final!.Status);
        Assert.Contains("q.gateway.effects.failed.v1.retracted", await TypesAsync(rig, failed.Effect.Id));
    }

    [Fact]
    public async Task A_probe_that_finds_nothing_new_leaves_an_ended_effect_at_rest()
    {
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var done = (await rig.SubmitAsync("k")).Value!.Effect;
        var probed = await rig.Ledger.ProbeAsync(LedgerRig.Caller, done.Id, TimeSpan.FromSeconds(5), CancellationToken.None);
        Assert.Equal(done.State, probed.Value!.State);
        Assert.Null((await rig.UntilAsync(done.Id, effect => effect.NextActionAt is null)).NextActionAt);
        Assert.Equal(1, _peer.Asked);
    }

    [Fact]
    public async Task Absence_is_no_proof_where_a_forgotten_call_can_still_take_effect()
    {
        _peer.Rules = _peer.Rules with { AbsenceProves = false, RepeatsStoredBytes = false };
        _peer.Sends.Enqueue(Behaviour.Silence);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var unknown = (await rig.SubmitAsync(waitSeconds: 0.1)).Value!.Effect;
        await rig.UntilAsync(unknown.Id, effect => effect.State.Phase == EffectPhase.Unknown);
        await rig.Ledger.CancelAsync(LedgerRig.Caller, unknown.Id, CancellationToken.None);
        var asked = _peer.Asked;
        var still = await rig.UntilAsync(unknown.Id, _ => _peer.Asked > asked + 1);
        Assert.Equal(EffectPhase.Unknown, still.State.Phase);
        Assert.Empty(_peer.Applied);
    }

    [Fact]
    public async Task Content_that_its_store_does_not_know_and_then_refuses_ends_as_failed()
    {
        _peer.Rules = _peer.Rules with { Repeats = PeerIdempotency.Content };
        _peer.Sends.Enqueue(Behaviour.Silence);
        for (var i = 0; i < 20; i++)
        {
            _peer.Sends.Enqueue(Behaviour.Reject);
        }

        await using var rig = await LedgerRig.OpenAsync(_peer);
        var answer = (await rig.SubmitAsync(waitSeconds: 0.1)).Value!;
        var ended = await rig.UntilAsync(answer.Effect.Id, effect => effect.State.Ended);
        Assert.Equal((EffectPhase.Failed, "test.rejected"), (ended.State.Phase, ended.Reason));
    }

    [Fact]
    public async Task A_connection_that_was_enabled_while_its_refusal_was_on_the_way_does_not_leave_the_effect_waiting()
    {
        _peer.Sends.Enqueue(Behaviour.Unauthorized);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        rig.ConnectionsActive = true;
        Assert.Equal(EffectOutcome.Succeeded, (await rig.SubmitAsync(waitSeconds: 10)).Value!.Effect.State.Outcome);
    }

    [Fact]
    public async Task An_effect_of_a_kind_that_is_not_installed_is_put_off_and_done_when_it_is()
    {
        var rig = await LedgerRig.OpenAsync(_peer, work: false);
        var recorded = (await rig.SubmitAsync(waitSeconds: 0)).Value!.Effect;
        _peer.Installed = false;
        rig = await rig.RestartAsync(_peer);
        var waiting = await rig.UntilAsync(recorded.Id, effect => effect.Reason == "effects.kind_unknown");
        Assert.True(waiting.NextActionAt > waiting.UpdatedAt);

        _peer.Installed = true;
        rig = await rig.RestartAsync(_peer);
        await using (rig)
        {
            await rig.UntilAsync(recorded.Id, effect => effect.State.Outcome == EffectOutcome.Succeeded);
        }
    }

    [Fact]
    public async Task A_step_that_fails_by_a_bug_is_put_off_and_the_outcome_is_found_later()
    {
        _peer.BreaksUnits = 8; // one unit is tried again alone, so one failure counts more than once
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var recorded = (await rig.SubmitAsync(waitSeconds: 0)).Value!.Effect;
        var putOff = await rig.UntilAsync(recorded.Id, effect => effect.Reason == "effects.step_failed");
        Assert.True(putOff.NextActionAt > putOff.UpdatedAt);
        Assert.False(putOff.State.Ended);

        _peer.BreaksUnits = 0;
        var found = await rig.Ledger.ProbeAsync(LedgerRig.Caller, recorded.Id, TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.True(found.IsSuccess);
        await rig.UntilAsync(recorded.Id, effect => effect.State.Outcome == EffectOutcome.Succeeded);
        Assert.Equal(1, _peer.Applied[recorded.Id.Text]);
    }

    [Fact]
    public async Task A_peer_that_hangs_costs_the_others_nothing()
    {
        var hangs = new TaskCompletionSource();
        _peer.Hangs = hangs.Task;
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var slow = await Task.WhenAll(Enumerable.Range(0, 600).Select(_ => rig.SubmitAsync(waitSeconds: 0, connection: "slow")));
        var fast = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.SubmitAsync(waitSeconds: 0, connection: "fast")));
        foreach (var answer in fast)
        {
            await rig.UntilAsync(answer.Value!.Effect.Id, effect => effect.State.Outcome == EffectOutcome.Succeeded);
        }

        Assert.DoesNotContain(slow, answer => _peer.Applied.ContainsKey(answer.Value!.Effect.Id.Text));
        hangs.SetResult();
        foreach (var answer in slow)
        {
            await rig.UntilAsync(answer.Value!.Effect.Id, effect => effect.State.Ended);
        }

        Assert.All(_peer.Applied.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task After_a_restore_what_had_been_sent_since_the_backup_is_found_and_not_sent_again()
    {
        var rig = await LedgerRig.OpenAsync(_peer, work: false);
        var sent = (await rig.SubmitAsync("sent", waitSeconds: 0)).Value!.Effect;
        var unsent = (await rig.SubmitAsync("unsent", waitSeconds: 0)).Value!.Effect;
        _peer.Applied[sent.Id.Text] = 1; // after the backup was taken

        rig = await rig.RestartAsync(_peer, restored: true);
        await using (rig)
        {
            await rig.UntilAsync(sent.Id, effect => effect.State.Outcome == EffectOutcome.Succeeded);
            await rig.UntilAsync(unsent.Id, effect => effect.State.Outcome == EffectOutcome.Succeeded);
            Assert.All(_peer.Applied.Values, count => Assert.Equal(1, count));
            Assert.Equal(
                ["q.gateway.effects.recorded.v1", "q.gateway.effects.unknown.v1", "q.gateway.effects.succeeded.v1"],
                await TypesAsync(rig, sent.Id));
            var attempts = await rig.Store.ListAttemptsAsync(TenantId.Default, sent.Id, CancellationToken.None);
            Assert.Equal([("restore", "effects.restored"), ("lookup", null)], attempts.Select(attempt => (attempt.Kind, attempt.Code)));
        }
    }

    [Fact]
    public async Task After_a_restore_nothing_is_sent_before_the_peer_has_answered_for_everything_that_was_open()
    {
        for (var i = 0; i < 4; i++)
        {
            _peer.Lookups.Enqueue(Behaviour.Unreachable);
        }

        var rig = await LedgerRig.OpenAsync(_peer, work: false);
        var open = (await rig.SubmitAsync("open", waitSeconds: 0)).Value!.Effect;
        rig = await rig.RestartAsync(_peer, restored: true);
        await using (rig)
        {
            var fresh = (await rig.SubmitAsync("fresh", waitSeconds: 0.3)).Value!.Effect;
            Assert.Equal(EffectPhase.Recorded, fresh.State.Phase);
            var done = await rig.UntilAsync(fresh.Id, effect => effect.State.Outcome == EffectOutcome.Succeeded);
            Assert.Empty(_peer.Lookups);
            Assert.Null(await rig.Database.RestoredAtAsync(CancellationToken.None));
            await rig.UntilAsync(open.Id, effect => effect.State.Outcome == EffectOutcome.Succeeded);
            Assert.Equal(1, _peer.Applied[done.Id.Text]);
            Assert.Equal(1, _peer.Applied[open.Id.Text]);
        }
    }

    private static async Task<IEnumerable<string>> TypesAsync(LedgerRig rig, EffectId id) =>
        (await rig.Events.ReadByEffectAsync(TenantId.Default, id, CancellationToken.None)).Select(told => told.Type);
}
