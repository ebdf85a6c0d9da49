using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects;

/// <summary>One kind of effect: how it is prepared, sent, looked up and answered. Stateless; every slice brings its own.</summary>
public interface IEffectOperation
{
    /// <summary>The kind, <c>area.verb</c>; frozen on release.</summary>
    string Kind { get; }

    /// <summary>Whether <see cref="PrepareAsync"/> neither waits nor writes, so that recording and sending can share one commit.</summary>
    bool PreparesLocally { get; }

    /// <summary>The rules for one effect.</summary>
    EffectRules RulesFor(Effect effect);

    /// <summary>Makes the exact call. Writes nothing at the peer. Called again after a crash, and again for each new sending.</summary>
    ValueTask<PrepareResult> PrepareAsync(Effect effect, CancellationToken cancellationToken);

    /// <summary>Sends <see cref="Effect.Prepared"/> and says what that showed. Never throws for what the peer does.</summary>
    ValueTask<Evidence> SendAsync(Effect effect, CancellationToken cancellationToken);

    /// <summary>Asks the peer what became of it.</summary>
    ValueTask<Evidence> LookUpAsync(Effect effect, CancellationToken cancellationToken);

    /// <summary>Writes that belong to a transition, in its transaction: resource rows, events, follow-up effects. May run again.</summary>
    void OnTransition(EffectChange change, IWriteSession session);

    /// <summary>The final answer of an effect that succeeded. Pure.</summary>
    StoredAnswer Answer(Effect effect);

    /// <summary>What is told of an effect that failed, where the peer's own refusal says more than <see cref="Effect.Reason"/>; null: nothing does. Pure.</summary>
    Refusal? RefusalOf(Effect effect) => null;
}
