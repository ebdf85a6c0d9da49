using Qrossing.Abstractions.Values;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects.Running;

/// <summary>
/// Writes effects: the row, its events, its audit entry, the operation's own rows and the final answer, in one unit. Nothing else writes an effect.
/// </summary>
internal sealed class EffectJournal(IEffectStore store, EffectCatalog catalog, EventSource source, IdGenerator ids, ErrorTable errors, EffectTelemetry telemetry)
{
    /// <summary>A new effect.</summary>
    public void Record(IWriteSession session, Effect effect, string actor, string? requestId)
    {
        store.Insert(session, effect);
        Tell(session, effect, effect.State, evidence: null, actor, requestId, retracted: null);
    }

    /// <summary>
    /// A transition, or a mere update when the state stays. False when the row has another version: read it again and judge anew.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="before">The row as it was read.</param>
    /// <param name="after">The row as it shall be, its version one higher.</param>
    /// <param name="evidence">What led to it.</param>
    /// <param name="actor">Who or what caused it.</param>
    /// <param name="requestId">The request that caused it.</param>
    /// <param name="retracted">The event that this transition takes back, when it does.</param>
    /// <param name="followUps">Takes the effects that the operation recorded along with it.</param>
    public bool TryMove(IWriteSession session, Effect before, Effect after, Evidence? evidence, string actor = "system", string? requestId = null, LogEvent? retracted = null, ICollection<Effect>? followUps = null)
    {
        if (before.State != after.State && !EffectTransitions.Allows(before.State, after.State))
        {
            throw new InvalidOperationException($"Effect {after.Id}: {before.State} to {after.State} is not a transition.");
        }

        if (!store.TryUpdate(session, after, before.Version))
        {
            return false;
        }

        if (before.State == after.State)
        {
            return true;
        }

        Tell(session, after, before.State, evidence, actor, requestId, retracted);
        if (catalog.TryGet(after.Kind, out var operation))
        {
            operation.OnTransition(new EffectChange(before.State, after, Follow), session);
        }

        if (after.State.Outcome != before.State.Outcome && (after.State.Ended || before.State.Ended))
        {
            // What was answered as final and is taken back is not replayed.
            store.StoreAnswer(session, after.Tenant, after.Id, after.State.Ended ? AnswerOf(after) : null);
        }

        return true;

        void Follow(Effect effect)
        {
            Record(session, effect, "system", requestId);
            followUps?.Add(effect);
        }
    }

    /// <summary>The final answer of an effect that has ended.</summary>
    public StoredAnswer AnswerOf(Effect effect)
    {
        if (effect.State.Outcome == EffectOutcome.Succeeded && catalog.TryGet(effect.Kind, out var operation))
        {
            return operation.Answer(effect);
        }

        var error = effect.State.Phase switch
        {
            EffectPhase.Canceled => EffectErrors.Canceled,
            EffectPhase.Reversed => EffectErrors.Reversed,
            EffectPhase.Succeeded => EffectErrors.KindUnknown,
            _ => errors.Find(effect.Reason) ?? EffectErrors.Failed,
        };
        var own = effect.State.Phase == EffectPhase.Failed && catalog.TryGet(effect.Kind, out var failed) ? failed.RefusalOf(effect) : null;
        var refusal = (own ?? new Refusal(error, $"Effect {effect.Id} through connection '{effect.Connection}' ended as {EffectText.Of(effect.State.Outcome)}.")) with
        {
            Effect = effect.Id,
            EffectOutcome = EffectText.Of(effect.State.Outcome),
        };
        var body = ProblemDocument.Write(refusal, $"/v1/effects/{effect.Id}", TraceIdOf(effect.TraceParent));
        return new StoredAnswer(refusal.Error.Status, ProblemDocument.ContentType, null, body);
    }

    private void Tell(IWriteSession session, Effect effect, EffectState before, Evidence? evidence, string actor, string? requestId, LogEvent? retracted)
    {
        var corrected = EffectTransitions.Corrects(before, effect.State);
        if (EffectTransitions.Retracts(before, effect.State))
        {
            session.Append(EffectEvents.Retracted(effect, before, ids.New<EventId>(), retracted, corrected, source.Text));
        }

        session.Append(EffectEvents.Entered(effect, before, ids.New<EventId>(), source.Text));
        session.Append(EffectAudit.Transition(effect, before, evidence, actor, requestId, corrected));
        telemetry.Entered(effect, before);
    }

    private static string? TraceIdOf(string? traceParent) => traceParent is { Length: >= 36 } ? traceParent.Substring(3, 32) : null;
}
