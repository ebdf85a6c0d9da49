namespace Qrossing.Core.Effects;

/// <summary>The part of an effect that transitions act on.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Finality">Set exactly while <see cref="EffectPhase.Succeeded"/>.</param>
public readonly record struct EffectState(EffectPhase Phase, Finality? Finality = null)
{
    /// <summary>As callers see it.</summary>
    public EffectOutcome Outcome => Phase switch
    {
        EffectPhase.Recorded or EffectPhase.Sending or EffectPhase.Accepted => EffectOutcome.Pending,
        EffectPhase.Unknown => EffectOutcome.Unknown,
        EffectPhase.Succeeded => EffectOutcome.Succeeded,
        EffectPhase.Reversed => EffectOutcome.Reversed,
        _ => EffectOutcome.Failed,
    };

    /// <summary>Whether the machine has nothing more to do by itself.</summary>
    public bool AtRest => Phase is EffectPhase.Failed or EffectPhase.Canceled or EffectPhase.Reversed
        || this is { Phase: EffectPhase.Succeeded, Finality: Effects.Finality.Final };

    /// <summary>Whether a caller has a final answer: succeeded (either finality), failed, cancelled or reversed.</summary>
    public bool Ended => Outcome is not (EffectOutcome.Pending or EffectOutcome.Unknown);
}
