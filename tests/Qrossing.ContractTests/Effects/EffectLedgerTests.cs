using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects;

namespace Qrossing.ContractTests.Effects;

/// <summary>The ledger over a real SQLite database; the peer is a fake that counts what was really applied.</summary>
[Trait("Kind", "contract")]
public sealed class EffectLedgerTests
{
    private readonly FakePeer _peer = new();

    [Fact]
    public async Task A_definite_success_is_answered_once_and_replayed()
    {
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var first = (await rig.SubmitAsync("key-1")).Value!;
        var second = (await rig.SubmitAsync("key-1")).Value!;

        Assert.Equal(201, first.Final!.Status);
        Assert.False(first.Replayed);
        Assert.True(second.Replayed);
        Assert.Equal(first.Final.Body.ToArray(), second.Final!.Body.ToArray());
        Assert.Equal(first.Effect.Id, second.Effect.Id);
        Assert.Equal(1, _peer.Applied[first.Effect.Id.Text]);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await using var rig = await LedgerRig.OpenAsync(_peer);
        await rig.SubmitAsync("key-1", "{\"a\":1}");
        var other = await rig.SubmitAsync("key-1", "{\"a\":2}");
        Assert.Equal("idempotency.mismatch", other.Refusal?.Error.Code);
        Assert.Single(_peer.Applied);
    }

    [Fact]
    public async Task Fifty_requests_with_one_key_at_once_make_one_effect()
    {
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => rig.SubmitAsync("same")));
        Assert.Single(answers.Select(answer => answer.Value!.Effect.Id).Distinct());
        Assert.Equal(49, answers.Count(answer => answer.Value!.Replayed));
        Assert.Equal([1], _peer.Applied.Values);
    }

    [Fact]
    public async Task Applied_then_silent_is_found_by_lookup_and_not_repeated()
    {
        _peer.Sends.Enqueue(Behaviour.ApplyThenSilence);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var answer = (await rig.SubmitAsync()).Value!;
        Assert.Equal(EffectOutcome.Succeeded, answer.Effect.State.Outcome);
        Assert.Equal(1, _peer.Applied[answer.Effect.Id.Text]);
        Assert.Contains("q.gateway.effects.unknown.v1", await TypesAsync(rig, answer.Effect.Id));
    }

    [Fact]
    public async Task An_exception_after_applying_reads_as_unknown_never_as_failed()
    {
        _peer.Sends.Enqueue(Behaviour.ApplyThenThrow);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var answer = (await rig.SubmitAsync()).Value!;
        Assert.Equal(EffectOutcome.Succeeded, answer.Effect.State.Outcome);
        Assert.Equal(1, _peer.Applied[answer.Effect.Id.Text]);
    }

    [Fact]
    public async Task Silent_and_absent_is_sent_again_after_send_by()
    {
        _peer.Sends.Enqueue(Behaviour.Silence);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var answer = (await rig.SubmitAsync(waitSeconds: 10)).Value!;
        Assert.Equal(EffectOutcome.Succeeded, answer.Effect.State.Outcome);
        Assert.Equal(1, _peer.Applied[answer.Effect.Id.Text]);
    }

    [Fact]
    public async Task Where_nothing_protects_from_a_double_absence_fails_and_is_not_sent_again()
    {
        _peer.Rules = _peer.Rules with { Repeats = PeerIdempotency.None };
        _peer.Sends.Enqueue(Behaviour.Silence);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var answer = (await rig.SubmitAsync(waitSeconds: 10)).Value!;
        Assert.Equal(EffectPhase.Failed, answer.Effect.State.Phase);
        Assert.Equal("effects.absent", answer.Effect.Reason);
        Assert.Empty(_peer.Applied);
    }

    [Fact]
    public async Task A_refusal_fails_with_a_problem_that_names_the_effect()
    {
        _peer.Sends.Enqueue(Behaviour.Reject);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var answer = (await rig.SubmitAsync("k")).Value!;
        Assert.Equal(EffectPhase.Failed, answer.Effect.State.Phase);
        Assert.Equal(502, answer.Final!.Status);
        Assert.Equal("application/problem+json", answer.Final.ContentType);
        Assert.Contains(answer.Effect.Id.Text, System.Text.Encoding.UTF8.GetString(answer.Final.Body.Span), StringComparison.Ordinal);
        Assert.Equal(answer.Final.Body.ToArray(), (await rig.SubmitAsync("k")).Value!.Final!.Body.ToArray());
    }

    [Fact]
    public async Task An_unreachable_peer_is_tried_again_until_it_answers()
    {
        _peer.Sends.Enqueue(Behaviour.Unreachable);
        _peer.Sends.Enqueue(Behaviour.Unreachable);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var answer = (await rig.SubmitAsync(waitSeconds: 10)).Value!;
        Assert.Equal(EffectOutcome.Succeeded, answer.Effect.State.Outcome);
        Assert.Equal(3, answer.Effect.Attempts);
    }

    [Fact]
    public async Task Refused_credentials_pause_the_connection_and_leave_the_effect_waiting()
    {
        _peer.Sends.Enqueue(Behaviour.Unauthorized);
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var answer = (await rig.SubmitAsync(waitSeconds: 0.5)).Value!;
        Assert.Equal(["peer"], rig.Paused);
        var effect = await rig.UntilAsync(answer.Effect.Id, found => found.WaitsFor is not null);
        Assert.Equal(("connection_paused", effect.ExpiresAt), (effect.WaitsFor, effect.NextActionAt));

        await rig.Writer.WriteAsync(session =>
        {
            rig.Store.Wake(session, effect.Tenant, "peer", "connection_paused", session.Now);
            return true;
        });
        await rig.UntilAsync(effect.Id, found => found.State.Outcome == EffectOutcome.Succeeded);
    }

    [Fact]
    public async Task Cancel_of_what_was_not_sent_withdraws_it()
    {
        await using var rig = await LedgerRig.OpenAsync(_peer, work: false);
        var recorded = (await rig.SubmitAsync(waitSeconds: 0)).Value!.Effect;
        var canceled = await rig.Ledger.CancelAsync(LedgerRig.Caller, recorded.Id, CancellationToken.None);
        Assert.Equal(EffectPhase.Canceled, canceled.Value!.State.Phase);
        Assert.Equal("effects.ended", (await rig.Ledger.CancelAsync(LedgerRig.Caller, recorded.Id, CancellationToken.None)).Refusal?.Error.Code);
        Assert.Empty(_peer.Applied);
    }

    [Fact]
    public async Task Cancel_of_an_unknown_effect_makes_no_further_sending()
    {
        _peer.Sends.Enqueue(Behaviour.Silence);
        for (var i = 0; i < 2; i++)
        {
            _peer.Lookups.Enqueue(Behaviour.Silence);
        }

        await using var rig = await LedgerRig.OpenAsync(_peer);
        var unknown = (await rig.SubmitAsync(waitSeconds: 0.1)).Value!.Effect;
        await rig.UntilAsync(unknown.Id, effect => effect.State.Phase == EffectPhase.Unknown);
        await rig.Ledger.CancelAsync(LedgerRig.Caller, unknown.Id, CancellationToken.None);
        var ended = await rig.UntilAsync(unknown.Id, effect => effect.State.Ended);
        Assert.Equal(EffectPhase.Canceled, ended.State.Phase);
        Assert.Empty(_peer.Applied);
    }

    [Fact]
    public async Task Recorded_work_of_a_process_that_ended_is_done_by_the_next()
    {
        var rig = await LedgerRig.OpenAsync(_peer, work: false);
        var recorded = (await rig.SubmitAsync("k", waitSeconds: 0)).Value!.Effect;
        rig = await rig.RestartAsync(_peer);
        await using (rig)
        {
            var done = await rig.UntilAsync(recorded.Id, effect => effect.State.Ended);
            Assert.Equal(EffectOutcome.Succeeded, done.State.Outcome);
            Assert.True((await rig.SubmitAsync("k", waitSeconds: 0)).Value!.Replayed);
        }
    }

    [Fact]
    public async Task Sending_of_a_process_that_ended_reads_as_unknown_and_is_looked_up()
    {
        var rig = await LedgerRig.OpenAsync(_peer, work: false);
        var recorded = (await rig.SubmitAsync(waitSeconds: 0)).Value!.Effect;
        await rig.Writer.WriteAsync(session => rig.Store.TryUpdate(session, recorded with
        {
            State = new EffectState(EffectPhase.Sending),
            Prepared = recorded.Request,
            SendBy = session.Now,
            ClaimEpoch = session.Epoch,
            ClaimedUntil = session.Now.AddMinutes(1),
            NextActionAt = session.Now.AddMinutes(1),
            Attempts = 1,
            Version = 2,
        }, 1));
        _peer.Applied[recorded.Id.Text] = 1;
        rig = await rig.RestartAsync(_peer);
        await using (rig)
        {
            var done = await rig.UntilAsync(recorded.Id, effect => effect.State.Ended);
            Assert.Equal(EffectOutcome.Succeeded, done.State.Outcome);
            Assert.Equal(1, _peer.Applied[recorded.Id.Text]);
            Assert.Contains("q.gateway.effects.unknown.v1", await TypesAsync(rig, recorded.Id));
            Assert.Contains(await rig.Store.ListAttemptsAsync(TenantId.Default, recorded.Id, CancellationToken.None), attempt => attempt.Code == "effects.interrupted");
        }
    }

    [Fact]
    public async Task What_was_never_sent_until_it_expired_fails_and_is_not_sent()
    {
        var rig = await LedgerRig.OpenAsync(_peer, work: false);
        var recorded = (await rig.SubmitAsync(waitSeconds: 0)).Value!.Effect;
        var late = recorded with { Id = new IdGenerator(TimeProvider.System).New<EffectId>(), ExpiresAt = recorded.CreatedAt };
        await rig.Writer.WriteAsync(session =>
        {
            rig.Store.Insert(session, late);
            return true;
        });
        rig = await rig.RestartAsync(_peer);
        await using (rig)
        {
            var ended = await rig.UntilAsync(late.Id, effect => effect.State.Ended);
            Assert.Equal((EffectPhase.Failed, "effects.expired"), (ended.State.Phase, ended.Reason));
            Assert.False(_peer.Applied.ContainsKey(late.Id.Text));
        }
    }

    [Fact]
    public async Task Every_transition_is_one_event_and_one_audit_entry()
    {
        await using var rig = await LedgerRig.OpenAsync(_peer);
        var effect = (await rig.SubmitAsync()).Value!.Effect;
        Assert.Equal(["q.gateway.effects.recorded.v1", "q.gateway.effects.sending.v1", "q.gateway.effects.succeeded.v1"], await TypesAsync(rig, effect.Id));
        var entries = await rig.Audit.ListBySubjectAsync(TenantId.Default, effect.Id.Text, CancellationToken.None);
        Assert.Equal(["effects.recorded", "effects.sending", "effects.succeeded"], entries.Select(entry => entry.Action));
    }

    [Fact]
    public async Task An_operation_that_prepares_at_the_peer_goes_the_same_way()
    {
        _peer.Local = false;
        await using var rig = await LedgerRig.OpenAsync(_peer);
        Assert.Equal(EffectOutcome.Succeeded, (await rig.SubmitAsync()).Value!.Effect.State.Outcome);
    }

    [Fact]
    public async Task Five_hundred_effects_in_the_background_all_end_and_none_is_doubled()
    {
        await using var rig = await LedgerRig.OpenAsync(_peer);
        for (var i = 0; i < 100; i++)
        {
            _peer.Sends.Enqueue((i % 5) switch { 0 => Behaviour.ApplyThenSilence, 1 => Behaviour.Silence, 2 => Behaviour.Unreachable, 3 => Behaviour.ApplyThenThrow, _ => Behaviour.Apply });
        }

        var submitted = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => rig.SubmitAsync($"k{i}", waitSeconds: 0)));
        foreach (var answer in submitted)
        {
            var ended = await rig.UntilAsync(answer.Value!.Effect.Id, effect => effect.State.Ended);
            Assert.Equal(EffectOutcome.Succeeded, ended.State.Outcome);
        }

        Assert.Equal(500, _peer.Applied.Count);
        Assert.All(_peer.Applied.Values, count => Assert.Equal(1, count));
        Assert.DoesNotContain((await rig.Store.TotalsAsync(DateTimeOffset.MaxValue, CancellationToken.None)).ByPhase.Values, count => count > 0);
    }

    private static async Task<IEnumerable<string>> TypesAsync(LedgerRig rig, EffectId id) =>
        (await rig.Events.ReadByEffectAsync(TenantId.Default, id, CancellationToken.None)).Select(told => told.Type);
}
