using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects.Running;

/// <summary>
/// Takes an effect one step further: send what is recorded, look up what is unknown, accepted or provisional. Every step ends in a committed row.
/// Steps of one effect never overlap in this process; across processes the row's version and the claim's epoch decide.
/// </summary>
internal sealed class EffectRunner(
    EffectCatalog catalog,
    IEffectStore store,
    EffectRecorder recorder,
    IPausesConnections connections,
    SendingGate gate,
    TimeProvider clock,
    ILogger<EffectRunner> log)
{
    private static readonly Evidence Restored = new Evidence.MayHaveHappened(Fault.Of(FaultKind.Indeterminate, EffectErrors.Restored.Code));
    private static readonly Evidence Interrupted = new Evidence.MayHaveHappened(Fault.Of(FaultKind.Indeterminate, EffectErrors.Interrupted.Code));

    private readonly ConcurrentDictionary<EffectId, byte> _running = new();

    /// <summary>Steps that run now.</summary>
    public int Running => _running.Count;

    /// <summary>Claims an effect for one chain of steps; false while another runs.</summary>
    public bool TryClaim(EffectId id) => _running.TryAdd(id, 0);

    /// <summary>Gives a claim back that was not used.</summary>
    public void Release(EffectId id) => _running.TryRemove(id, out _);

    /// <summary>Whether a step of it runs now.</summary>
    public bool IsRunning(EffectId id) => _running.ContainsKey(id);

    /// <summary>
    /// Runs steps of a claimed effect until none is due now, then gives the claim back. No caller can cancel it: an effect that was begun
    /// is finished or recorded as unknown. <paramref name="stopping"/> only keeps further steps from beginning.
    /// </summary>
    /// <param name="effect">The effect as committed.</param>
    /// <param name="fresh">The caller itself just committed <c>sending</c>: nothing was sent yet. Otherwise <c>sending</c> means a lost claim.</param>
    /// <param name="stopping">The process stops.</param>
    public async Task<Effect> RunClaimedAsync(Effect effect, bool fresh, CancellationToken stopping)
    {
        try
        {
            while (fresh || (IsDue(effect) && !stopping.IsCancellationRequested))
            {
                var next = await StepAsync(effect, fresh, stopping);
                if (next.Version == effect.Version)
                {
                    return next;
                }

                (effect, fresh) = (next, false);
            }

            return effect;
        }
        finally
        {
            _running.TryRemove(effect.Id, out _);
        }
    }

    /// <summary>Whether something is to be done about it now.</summary>
    private bool IsDue(Effect effect) =>
        effect.State.Phase == EffectPhase.Sending
            ? recorder.IsClaimLost(effect)
            : effect.NextActionAt <= clock.GetUtcNow();

    private async Task<Effect> StepAsync(Effect effect, bool fresh, CancellationToken stopping)
    {
        if (!catalog.TryGet(effect.Kind, out var operation))
        {
            EffectLog.KindUnknown(log, effect.Id.Text, effect.Kind);
            await recorder.PostponeAsync(effect, EffectErrors.KindUnknown.Code);
            return effect; // nothing more in this chain of steps
        }

        using var span = EffectTelemetry.Step(effect, EffectText.Of(effect.State.Phase));
        return effect.State.Phase switch
        {
            EffectPhase.Recorded when gate.Doubts(effect.CreatedAt) => await recorder.ApplyAsync(effect, EvidenceSource.Restore, Restored, operation.RulesFor(effect), EffectRecorder.Restored(effect)),
            EffectPhase.Recorded when !gate.IsOpen => effect,
            EffectPhase.Recorded => await SendAsync(effect, operation, stopping),
            EffectPhase.Sending when fresh => await SendPreparedAsync(effect, operation),
            EffectPhase.Sending => await recorder.ApplyAsync(effect, EvidenceSource.Send, Interrupted, operation.RulesFor(effect), EffectRecorder.Running(effect, "send")),
            _ => await LookUpAsync(effect, operation, stopping),
        };
    }

    private async Task<Effect> SendAsync(Effect effect, IEffectOperation operation, CancellationToken stopping)
    {
        if (effect.CancelRequested)
        {
            return await recorder.EndUnsentAsync(effect, EffectPhase.Canceled, EffectErrors.Canceled.Code);
        }

        if (clock.GetUtcNow() >= effect.ExpiresAt)
        {
            return await recorder.EndUnsentAsync(effect, EffectPhase.Failed, EffectErrors.Expired.Code);
        }

        var rules = operation.RulesFor(effect);
        var prepared = await GuardAsync(
            effect,
            async () => await operation.PrepareAsync(effect, stopping),
            static fault => new PrepareResult.Refused(new Evidence.NotNow(fault with { Kind = FaultKind.Unavailable })),
            stopping);
        if (prepared is PrepareResult.Refused refused)
        {
            await PauseIfUnauthorizedAsync(effect, refused.Evidence);
            return await recorder.RefuseAsync(effect, refused.Evidence, rules);
        }

        CrashPoint.Hit(EffectCrashPoints.BeforeSendingCommit);
        var sending = await recorder.BeginSendingAsync(effect, (PrepareResult.Ready)prepared, rules);
        return sending is null ? await ReloadAsync(effect) : await SendPreparedAsync(sending, operation);
    }

    private async Task<Effect> SendPreparedAsync(Effect sending, IEffectOperation operation)
    {
        CrashPoint.Hit(EffectCrashPoints.AfterSendingCommit);
        var evidence = await CallAsync(sending, operation);
        await PauseIfUnauthorizedAsync(sending, evidence);
        return await recorder.ApplyAsync(sending, EvidenceSource.Send, evidence, operation.RulesFor(sending), EffectRecorder.Running(sending, "send"));
    }

    private async Task<Effect> LookUpAsync(Effect effect, IEffectOperation operation, CancellationToken stopping)
    {
        var rules = operation.RulesFor(effect);
        var asked = clock.GetUtcNow();
        var evidence = await GuardAsync(
            effect,
            async () => await operation.LookUpAsync(effect, stopping),
            Evidence.OfLookup,
            stopping);
        CrashPoint.Hit(EffectCrashPoints.AfterLookup);
        if (evidence is not Evidence.CannotTell { Answered: false })
        {
            gate.LookedUp(effect.Id);
        }

        // Absence is proof only when the question was asked after the last instant at which a sending could still have been listed.
        var absenceCounts = effect.SendBy is not { } sendBy || asked >= sendBy + rules.AbsenceHorizon;
        if (MayRepeat(effect, rules, asked) && (evidence is Evidence.CannotTell || (evidence is Evidence.Absent && !(absenceCounts && rules.AbsenceProves))))
        {
            return await RepeatAsync(effect, operation, rules);
        }

        if (evidence is Evidence.Absent && !rules.AbsenceProves && effect.State.Phase == EffectPhase.Unknown)
        {
            absenceCounts = false;
        }

        return await recorder.ApplyAsync(effect, EvidenceSource.Lookup, evidence, rules, EffectRecorder.Lookup(effect, asked), absenceCounts);
    }

    /// <summary>Whether the same stored call may be sent again while nobody knows. What was never prepared has no stored call to repeat.</summary>
    private bool MayRepeat(Effect effect, EffectRules rules, DateTimeOffset now) =>
        effect is { State.Phase: EffectPhase.Unknown, CancelRequested: false } && gate.IsOpen
        && (effect.Prepared is not null || catalog.TryGet(effect.Kind, out var operation) && operation.PreparesLocally)
        && rules.MayRepeat(effect.CreatedAt, now);

    /// <summary>The same stored call again while nobody knows. Its send-by is committed first: absence counts only after it.</summary>
    private async Task<Effect> RepeatAsync(Effect effect, IEffectOperation operation, EffectRules rules)
    {
        CrashPoint.Hit(EffectCrashPoints.BeforeRepeatCommit);
        var repeating = await recorder.BeginRepeatAsync(effect, rules);
        if (repeating is null)
        {
            return await ReloadAsync(effect);
        }

        CrashPoint.Hit(EffectCrashPoints.AfterRepeatCommit);
        var evidence = await CallAsync(repeating, operation);
        return await recorder.ApplyAsync(repeating, EvidenceSource.Repeat, evidence, rules, EffectRecorder.Running(repeating, "repeat"));
    }

    private async Task<Evidence> CallAsync(Effect effect, IEffectOperation operation)
    {
        var evidence = await GuardAsync(
            effect,
            async () => await operation.SendAsync(effect, CancellationToken.None),
            static fault => new Evidence.MayHaveHappened(fault),
            CancellationToken.None);
        CrashPoint.Hit(EffectCrashPoints.AfterReply);
        return evidence;
    }

    private async Task PauseIfUnauthorizedAsync(Effect effect, Evidence evidence)
    {
        if (evidence.Cause is { Kind: FaultKind.Unauthorized } fault)
        {
            await connections.PauseAsync(effect.Tenant, effect.Connection, fault.Code, CancellationToken.None);
        }
    }

    private async Task<Effect> ReloadAsync(Effect effect) => await store.GetAsync(effect.Tenant, effect.Id, CancellationToken.None) ?? effect;

    /// <summary>An exception out of an operation is a bug; what it means for the outcome is <paramref name="onBug"/>'s to say, never "failed".</summary>
    private async Task<T> GuardAsync<T>(Effect effect, Func<Task<T>> call, Func<Fault, T> onBug, CancellationToken stopping)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw; // the process stops: nothing was found out, the row says what is due
        }
        catch (StorageUnavailableException lost)
        {
            return onBug(Fault.Of(FaultKind.Indeterminate, lost.Code));
        }
        catch (Exception bug)
        {
            EffectLog.OperationThrew(log, bug, effect.Id.Text, effect.Kind);
            return onBug(Fault.Of(FaultKind.Indeterminate, "peer.exception", bug.GetType().Name));
        }
    }
}
