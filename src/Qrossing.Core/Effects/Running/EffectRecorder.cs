using Microsoft.Extensions.Logging;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects.Running;

/// <summary>Commits what a step found out. Evidence is never lost to a passing trouble of the database: it is written when the database is back.</summary>
internal sealed class EffectRecorder(
    IEffectStore store,
    IEventStore events,
    IWriter writer,
    IDatabase database,
    EffectJournal journal,
    EffectWaiters waiters,
    EffectQueue queue,
    IPausesConnections connections,
    TimeProvider clock,
    ILogger<EffectRecorder> log)
{
    /// <summary>A claim outlives send-by by this much.</summary>
    private static readonly TimeSpan ClaimMargin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StorageRetry = TimeSpan.FromMilliseconds(200);

    /// <summary>The attempt that runs since <c>sending</c> or a repeat was committed.</summary>
    public static EffectAttempt Running(Effect effect, string kind) => new()
    {
        Tenant = effect.Tenant,
        Effect = effect.Id,
        Number = effect.Attempts,
        Kind = kind,
        StartedAt = effect.UpdatedAt,
    };

    /// <summary>A lookup that began at <paramref name="asked"/>.</summary>
    public static EffectAttempt Lookup(Effect effect, DateTimeOffset asked) =>
        Running(effect, "lookup") with { Number = effect.Attempts + 1, StartedAt = asked };

    /// <summary>The doubt about a row that comes from a backup.</summary>
    public static EffectAttempt Restored(Effect effect) =>
        Running(effect, "restore") with { Number = effect.Attempts + 1 };

    /// <summary>Whether <c>sending</c> was committed by an owner that is gone, or its claim has run out.</summary>
    public bool IsClaimLost(Effect effect) => effect.ClaimEpoch != database.Epoch || effect.ClaimedUntil <= clock.GetUtcNow();

    /// <summary>The effect in <c>sending</c> with its prepared call, not yet written.</summary>
    public static Effect Sending(Effect effect, PrepareResult.Ready ready, EffectRules rules, IWriteSession session) => effect with
    {
        State = new EffectState(EffectPhase.Sending),
        Prepared = ready.Prepared,
        SendBy = session.Now + rules.SendWindow,
        ClaimEpoch = session.Epoch,
        ClaimedUntil = session.Now + rules.SendWindow + ClaimMargin,
        NextActionAt = session.Now + rules.SendWindow + ClaimMargin,
        WaitsFor = null,
        Attempts = effect.Attempts + 1,
        Version = effect.Version + 1,
        UpdatedAt = session.Now,
    };

    /// <summary>Commits <c>sending</c>; null when the row has changed meanwhile.</summary>
    public async Task<Effect?> BeginSendingAsync(Effect effect, PrepareResult.Ready ready, EffectRules rules) =>
        await writer.WriteAsync(session =>
        {
            var sending = Sending(effect, ready, rules, session);
            return Begin(session, effect, sending, "send", ready.PeerReference) ? sending : null;
        }, database.OwnershipLost);

    /// <summary>Writes the transition into <c>sending</c> and its open attempt.</summary>
    public bool Begin(IWriteSession session, Effect before, Effect sending, string kind, string? peerReference)
    {
        if (!journal.TryMove(session, before, sending, evidence: null))
        {
            return false;
        }

        store.PutAttempt(session, Running(sending, kind) with { PeerReference = peerReference });
        return true;
    }

    /// <summary>Commits a new send-by for a repeat; null when the row has changed meanwhile.</summary>
    public async Task<Effect?> BeginRepeatAsync(Effect effect, EffectRules rules) =>
        await writer.WriteAsync(session =>
        {
            var repeating = effect with
            {
                SendBy = session.Now + rules.SendWindow,
                NextActionAt = session.Now + rules.SendWindow + ClaimMargin,
                Attempts = effect.Attempts + 1,
                Version = effect.Version + 1,
                UpdatedAt = session.Now,
            };
            return Begin(session, effect, repeating, "repeat", peerReference: null) ? repeating : null;
        }, database.OwnershipLost);

    /// <summary>Ends an effect that was never sent.</summary>
    public Task<Effect> EndUnsentAsync(Effect effect, EffectPhase phase, string reason) =>
        CommitAsync(effect, current => current.State.Phase != EffectPhase.Recorded ? current : current with
        {
            State = new EffectState(phase),
            Reason = reason,
            NextActionAt = null,
            WaitsFor = null,
        }, evidence: null, attempt: null, retracted: null);

    /// <summary>Puts an effect off that cannot be stepped now, for no fault of its peer; its state stays.</summary>
    public Task<Effect> PostponeAsync(Effect effect, string reason) =>
        CommitAsync(
            effect,
            current =>
            {
                var at = clock.GetUtcNow() + EffectSchedule.Backoff(current.Tries);
                return current with
                {
                    Reason = reason,
                    Tries = current.Tries + 1,
                    NextActionAt = at,
                    ClaimedUntil = current.State.Phase == EffectPhase.Sending ? at : current.ClaimedUntil, // its call has ended, with a result that could not be written
                };
            },
            evidence: null,
            attempt: null,
            retracted: null);

    /// <summary>What a refusal before sending means: failed, or recorded for later.</summary>
    public Task<Effect> RefuseAsync(Effect effect, Evidence evidence, EffectRules rules) =>
        evidence is Evidence.DidNotHappen { Fault: var fault }
            ? EndUnsentAsync(effect, EffectPhase.Failed, fault.Code)
            : CommitAsync(
                effect,
                current => EffectSchedule.Plan(current with { Reason = evidence.Cause?.Code, Tries = current.Tries + 1 }, evidence, rules, clock.GetUtcNow()),
                evidence,
                attempt: null,
                retracted: null);

    /// <summary>Judges evidence against the row as it is now and commits the outcome with its attempt.</summary>
    public async Task<Effect> ApplyAsync(Effect effect, EvidenceSource source, Evidence evidence, EffectRules rules, EffectAttempt attempt, bool absenceCounts = false)
    {
        CrashPoint.Hit(EffectCrashPoints.BeforeResultCommit);
        var expected = EffectJudgement.Judge(effect.State, source, evidence, absenceCounts, rules.MayBeSentAgain, effect.CancelRequested);
        var retracted = EffectTransitions.Retracts(effect.State, expected) ? await FindToldAsync(effect) : null;
        var after = await CommitAsync(effect, Judged, evidence, Ended(attempt, evidence), retracted);
        CrashPoint.Hit(EffectCrashPoints.AfterResultCommit);
        return after;

        Effect Judged(Effect current)
        {
            var state = EffectJudgement.Judge(current.State, source, evidence, absenceCounts, rules.MayBeSentAgain, current.CancelRequested);
            var next = current with
            {
                State = state,
                Result = evidence.Result ?? current.Result,
                Reason = ReasonFor(state, evidence),
                Tries = state == current.State || evidence is Evidence.NotNow ? current.Tries + 1 : 0,
                Attempts = Math.Max(current.Attempts, attempt.Number),
                SendBy = source == EvidenceSource.Restore ? clock.GetUtcNow() : current.SendBy, // until now the process before the restore may have sent it
            };
            return EffectSchedule.Plan(next, evidence, rules, clock.GetUtcNow());
        }
    }

    private static string? ReasonFor(EffectState state, Evidence evidence) => state.Phase switch
    {
        EffectPhase.Succeeded or EffectPhase.Accepted => null,
        EffectPhase.Failed when evidence is Evidence.Absent => EffectErrors.Absent.Code,
        EffectPhase.Canceled => EffectErrors.Canceled.Code,
        _ => evidence.Cause?.Code,
    };

    private EffectAttempt Ended(EffectAttempt attempt, Evidence evidence) => attempt with
    {
        EndedAt = clock.GetUtcNow(),
        Evidence = evidence.Name,
        Code = evidence.Cause?.Code,
        PeerCode = evidence.Cause?.PeerCode,
        PeerRequestId = evidence.Cause?.PeerRequestId,
        PeerReference = evidence.PeerReference,
    };

    private async Task<LogEvent?> FindToldAsync(Effect effect)
    {
        var type = EffectEvents.TypeOf(effect.State.Phase);
        return (await events.ReadByEffectAsync(effect.Tenant, effect.Id, CancellationToken.None)).LastOrDefault(told => told.Type == type);
    }

    private async Task<Effect> CommitAsync(Effect effect, Func<Effect, Effect> change, Evidence? evidence, EffectAttempt? attempt, LogEvent? retracted)
    {
        var followUps = new List<Effect>();
        var after = await WriteAsync(effect, session =>
        {
            followUps.Clear();
            var current = store.Get(session, effect.Tenant, effect.Id) ?? effect;
            var next = change(current);
            if (attempt is not null)
            {
                var number = store.PutAttempt(session, attempt);
                next = next with { Attempts = Math.Max(current.Attempts, number) };
            }

            if (ReferenceEquals(next, current))
            {
                return current;
            }

            if (next.WaitsFor == EffectSchedule.ConnectionPaused && connections.IsActive(session, next.Tenant, next.Connection))
            {
                // Enabled while the call ran: whoever enabled it has woken the others already.
                next = next with { WaitsFor = null, NextActionAt = session.Now + EffectSchedule.AfterEnabling };
            }

            next = next with { Version = current.Version + 1, UpdatedAt = session.Now };
            return journal.TryMove(session, current, next, evidence, retracted: retracted, followUps: followUps)
                ? next
                : throw new InvalidOperationException($"Effect {effect.Id} changed inside its own unit.");
        });
        waiters.Changed(effect.Id);
        queue.Offer(followUps);
        return after;
    }

    private async Task<Effect> WriteAsync(Effect effect, Func<IWriteSession, Effect> unit)
    {
        while (true)
        {
            try
            {
                return await writer.WriteAsync(unit, database.OwnershipLost);
            }
            catch (StorageUnavailableException trouble) when (!database.OwnershipLost.IsCancellationRequested)
            {
                EffectLog.CommitDelayed(log, trouble, effect.Id.Text, trouble.Code);
                await Task.Delay(StorageRetry, clock, database.OwnershipLost);
            }
        }
    }
}
