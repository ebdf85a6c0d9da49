using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects.Running;

/// <summary>The ledger's front: record an effect, wait for its outcome, cancel it, have it looked up.</summary>
public sealed class EffectLedger : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    /// <summary>How long callers still wait when the process stops: what ends soon is told, what does not goes on without them.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly EffectCatalog _catalog;
    private readonly IEffectStore _store;
    private readonly IWriter _writer;
    private readonly EffectJournal _journal;
    private readonly EffectRecorder _recorder;
    private readonly EffectRunner _runner;
    private readonly EffectQueue _queue;
    private readonly EffectWaiters _waiters;
    private readonly SendingGate _gate;
    private readonly IdGenerator _ids;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _waitsEnd;
    private readonly CancellationTokenRegistration _stop;

    internal EffectLedger(
        EffectCatalog catalog,
        IEffectStore store,
        IWriter writer,
        EffectJournal journal,
        EffectRecorder recorder,
        EffectRunner runner,
        EffectQueue queue,
        EffectWaiters waiters,
        SendingGate gate,
        IdGenerator ids,
        TimeProvider clock,
        CancellationToken stopping)
    {
        (_catalog, _store, _writer, _journal, _recorder) = (catalog, store, writer, journal, recorder);
        (_runner, _queue, _waiters, _gate, _ids, _clock) = (runner, queue, waiters, gate, ids, clock);
        _waitsEnd = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _stop = stopping.Register(() => _waitsEnd.CancelAfter(StopGrace));
    }

    /// <summary>
    /// Records an effect and waits for its outcome as long as the caller wants; the effect goes on by itself afterwards.
    /// A repeat with the same key gets the first one's answer. Refusals: <c>idempotency.mismatch</c>.
    /// </summary>
    public async ValueTask<Result<EffectAnswer>> SubmitAsync(EffectSubmission submission, CancellationToken cancellationToken)
    {
        if (!_catalog.TryGet(submission.Kind, out var operation))
        {
            throw new InvalidOperationException($"No operation of kind '{submission.Kind}' is registered.");
        }

        var deadline = _clock.GetUtcNow() + submission.Wait;
        var draft = Draft(submission);
        var ready = submission.Wait > TimeSpan.Zero && operation.PreparesLocally && _gate.IsOpen
            ? await operation.PrepareAsync(draft, cancellationToken) as PrepareResult.Ready
            : null;
        _runner.TryClaim(draft.Id);
        Recorded recorded;
        try
        {
            recorded = await _writer.WriteAsync(session => Record(session, submission, draft, ready, operation.RulesFor(draft)), cancellationToken);
        }
        catch
        {
            _runner.Release(draft.Id);
            throw;
        }

        if (recorded.Existing is { } existing)
        {
            _runner.Release(draft.Id);
            return existing.Fingerprint == submission.Fingerprint
                ? await ReplayAsync(existing, deadline, cancellationToken)
                : new Refusal(EffectErrors.KeyMismatch, "The key belongs to another request of this client.") { Effect = existing.Effect };
        }

        CrashPoint.Hit(EffectCrashPoints.AfterRecorded);
        var effect = recorded.Effect!;
        if (submission.Wait <= TimeSpan.Zero)
        {
            _runner.Release(effect.Id);
            _queue.Offer(EffectHandle.Of(effect));
            return new EffectAnswer(effect, null, Replayed: false);
        }

        var run = _runner.RunClaimedAsync(effect, fresh: ready is not null, CancellationToken.None);
        effect = await FirstAsync(run, effect, deadline, cancellationToken);
        effect = await WaitAsync(effect, deadline, cancellationToken);
        return new EffectAnswer(effect, effect.State.Ended ? _journal.AnswerOf(effect) : null, Replayed: false);
    }

    /// <summary>
    /// Withdraws an effect that was not sent, or asks that no further attempt be made. Refusals: <c>effects.not_found</c>, <c>effects.ended</c>, <c>effects.not_cancelable</c>.
    /// </summary>
    public async Task<Result<Effect>> CancelAsync(RequestContext context, EffectId id, CancellationToken cancellationToken)
    {
        var result = await _writer.WriteAsync<Result<Effect>>(session =>
        {
            if (_store.Get(session, context.Caller.Tenant, id) is not { } effect)
            {
                return new Refusal(EffectErrors.NotFound, $"There is no effect {id}.");
            }

            if (effect.State.Ended)
            {
                return new Refusal(EffectErrors.Ended, $"Effect {id} has ended as {EffectText.Of(effect.State.Outcome)}.")
                {
                    Effect = id,
                    EffectOutcome = EffectText.Of(effect.State.Outcome),
                };
            }

            var withdrawn = effect.State.Phase == EffectPhase.Recorded;
            if (!withdrawn && _catalog.TryGet(effect.Kind, out var operation) && !operation.RulesFor(effect).MayBeAbandoned)
            {
                return new Refusal(EffectErrors.NotCancelable, $"Effect {id} was sent and is {EffectText.Of(effect.State.Phase)}.")
                {
                    Effect = id,
                    EffectOutcome = EffectText.Of(effect.State.Outcome),
                };
            }

            var next = effect with
            {
                State = withdrawn ? new EffectState(EffectPhase.Canceled) : effect.State,
                Reason = withdrawn ? EffectErrors.Canceled.Code : effect.Reason,
                NextActionAt = withdrawn ? null : effect.NextActionAt,
                WaitsFor = withdrawn ? null : effect.WaitsFor,
                CancelRequested = true,
                Version = effect.Version + 1,
                UpdatedAt = session.Now,
            };
            _journal.TryMove(session, effect, next, evidence: null, context.Caller.Credential, context.RequestId);
            if (!withdrawn)
            {
                session.Append(Asked(context, effect, "effects.cancel_requested"));
            }

            return next;
        }, cancellationToken);
        _waiters.Changed(id);
        return result;
    }

    /// <summary>
    /// Has the effect looked up at the peer now, one at rest too: later proof corrects an outcome that was called certain. Refusal: <c>effects.not_found</c>.
    /// What was never sent, or is being sent, is answered as it is.
    /// </summary>
    public async Task<Result<Effect>> ProbeAsync(RequestContext context, EffectId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var deadline = _clock.GetUtcNow() + wait;
        using var watch = _waiters.Begin(id);
        var change = watch.NextChangeAsync();
        var result = await _writer.WriteAsync<Result<Effect>>(session =>
        {
            if (_store.Get(session, context.Caller.Tenant, id) is not { } effect)
            {
                return new Refusal(EffectErrors.NotFound, $"There is no effect {id}.");
            }

            if (effect.SendBy is null ? effect.State.AtRest : effect.State.Phase == EffectPhase.Sending)
            {
                return effect;
            }

            var next = effect with { NextActionAt = session.Now, WaitsFor = null, Version = effect.Version + 1, UpdatedAt = session.Now };
            _journal.TryMove(session, effect, next, evidence: null);
            session.Append(Asked(context, effect, "effects.probe_requested"));
            return next;
        }, cancellationToken);
        if (result is not { IsSuccess: true, Value: { NextActionAt: not null } probed })
        {
            return result;
        }

        _queue.Offer(EffectHandle.Of(probed));
        await UntilAsync(change, deadline, cancellationToken);
        return await _store.GetAsync(probed.Tenant, id, cancellationToken) ?? probed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _waitsEnd.Dispose();
    }

    private static AuditDraft Asked(RequestContext context, Effect effect, string action) => new()
    {
        Tenant = effect.Tenant,
        Action = action,
        Actor = context.Caller.Credential,
        Subject = effect.Id.Text,
        RequestId = context.RequestId,
        Payload = new JsonObject { ["phase"] = EffectText.Of(effect.State.Phase) },
    };

    private Effect Draft(EffectSubmission submission)
    {
        var id = submission.Id ?? _ids.New<EffectId>();
        var now = _clock.GetUtcNow();
        return new Effect
        {
            Tenant = submission.Context.Caller.Tenant,
            Id = id,
            Kind = submission.Kind,
            Connection = submission.Connection,
            Client = submission.Context.Caller.Client,
            State = new EffectState(EffectPhase.Recorded),
            Request = submission.Request,
            RequestDigest = submission.Fingerprint,
            PartitionKey = submission.PartitionKey ?? id.Text,
            TraceParent = submission.Context.TraceParent,
            NextActionAt = now,
            ExpiresAt = now + Lifetime,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private Recorded Record(IWriteSession session, EffectSubmission submission, Effect draft, PrepareResult.Ready? ready, EffectRules rules)
    {
        if (submission.IdempotencyKey is { } key)
        {
            if (_store.FindKey(session, draft.Tenant, draft.Client, key) is { } existing)
            {
                return new Recorded(null, existing);
            }

            _store.InsertKey(session, new IdempotencyRecord
            {
                Tenant = draft.Tenant,
                Client = draft.Client,
                Key = key,
                Fingerprint = submission.Fingerprint,
                Effect = draft.Id,
            });
        }

        var context = submission.Context;
        _journal.Record(session, draft, context.Caller.Credential, context.RequestId);
        submission.Alongside?.Invoke(draft, session);
        if (ready is null)
        {
            return new Recorded(draft, null);
        }

        // The operation prepared without waiting: recorded and sending share one commit (effects, One transaction).
        var sending = EffectRecorder.Sending(draft, ready, rules, session);
        _recorder.Begin(session, draft, sending, "send", ready.PeerReference);
        return new Recorded(sending, null);
    }

    private async Task<EffectAnswer> ReplayAsync(IdempotencyRecord existing, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var effect = await _store.GetAsync(existing.Tenant, existing.Effect, cancellationToken)
            ?? throw new InvalidOperationException($"Effect {existing.Effect} of a known idempotency key is gone.");
        effect = await WaitAsync(effect, deadline, cancellationToken);
        var final = effect.State.Ended ? existing.Answer ?? _journal.AnswerOf(effect) : null;
        return new EffectAnswer(effect, final, Replayed: true);
    }

    private async Task<Effect> FirstAsync(Task<Effect> run, Effect effect, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        await UntilAsync(run, deadline, cancellationToken);
        return run.IsCompletedSuccessfully ? await run : effect;
    }

    private async Task<Effect> WaitAsync(Effect effect, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        using var watch = _waiters.Begin(effect.Id);
        while (!effect.State.Ended && _clock.GetUtcNow() < deadline && !_waitsEnd.IsCancellationRequested)
        {
            var change = watch.NextChangeAsync();
            effect = await _store.GetAsync(effect.Tenant, effect.Id, cancellationToken) ?? effect;
            if (effect.State.Ended)
            {
                break;
            }

            await UntilAsync(change, deadline, cancellationToken);
        }

        return effect;
    }

    private async Task UntilAsync(Task task, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var left = deadline - _clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _waitsEnd.Token);
        try
        {
            await task.WaitAsync(left, _clock, ends.Token);
        }
        catch (TimeoutException)
        {
            // The caller's wait is over; the effect goes on.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The process stops: the caller is told what is known now, the effect goes on here or in the next process.
        }
    }

    private sealed record Recorded(Effect? Effect, IdempotencyRecord? Existing);
}
