namespace Qrossing.Core.Effects;

/// <summary>A transition that is being written.</summary>
/// <param name="Before">Where it was; for a new effect its own state.</param>
/// <param name="After">The effect as written.</param>
/// <param name="Follow">Records a follow-up effect in the same transaction; it is sent soon after the commit.</param>
public sealed record EffectChange(EffectState Before, Effect After, Action<Effect> Follow)
{
    /// <summary>Whether it just became a success (of either finality) from something else.</summary>
    public bool BecameSuccess => After.State.Phase == EffectPhase.Succeeded && Before.Phase != EffectPhase.Succeeded;

    /// <summary>Whether it just became certain that it did not and will not happen.</summary>
    public bool BecameFailure => After.State.Outcome == EffectOutcome.Failed && Before.Outcome != EffectOutcome.Failed;
}
