namespace Qrossing.Core.Effects;

/// <summary>The table of allowed transitions (effects, Phases). Pure and total: whatever is not listed is refused.</summary>
public static class EffectTransitions
{
    /// <summary>Whether an effect may go from one state to another. Staying where it is, is not a transition.</summary>
    public static bool Allows(EffectState from, EffectState to)
    {
        if (!IsWellFormed(from) || !IsWellFormed(to) || from == to)
        {
            return false;
        }

        return (from.Phase, to.Phase) switch
        {
            (EffectPhase.Recorded, EffectPhase.Sending or EffectPhase.Failed or EffectPhase.Canceled) => true,
            (EffectPhase.Recorded, EffectPhase.Unknown) => true, // restored from a backup: it may have been sent since
            (EffectPhase.Sending, EffectPhase.Succeeded or EffectPhase.Accepted or EffectPhase.Failed or EffectPhase.Recorded or EffectPhase.Unknown) => true,
            (EffectPhase.Unknown, EffectPhase.Accepted or EffectPhase.Succeeded or EffectPhase.Recorded or EffectPhase.Failed or EffectPhase.Canceled) => true,
            (EffectPhase.Accepted, EffectPhase.Succeeded or EffectPhase.Failed or EffectPhase.Canceled or EffectPhase.Unknown) => true,
            (EffectPhase.Succeeded, EffectPhase.Unknown or EffectPhase.Accepted or EffectPhase.Failed) => from.Finality == Finality.Provisional,
            (EffectPhase.Succeeded, EffectPhase.Succeeded) => from.Finality == Finality.Provisional && to.Finality == Finality.Final,
            (EffectPhase.Succeeded, EffectPhase.Reversed) => true,
            (EffectPhase.Reversed, EffectPhase.Succeeded) => true,
            (EffectPhase.Failed or EffectPhase.Canceled, EffectPhase.Accepted or EffectPhase.Succeeded) => true,
            _ => false,
        };
    }

    /// <summary>Whether the transition takes back what was told before: its event retracts the earlier one.</summary>
    public static bool Retracts(EffectState from, EffectState to) => (from.Phase, to.Phase) switch
    {
        (EffectPhase.Succeeded, EffectPhase.Unknown or EffectPhase.Accepted or EffectPhase.Failed) => true,
        (EffectPhase.Accepted, EffectPhase.Unknown) => true,
        (EffectPhase.Failed or EffectPhase.Canceled, EffectPhase.Accepted or EffectPhase.Succeeded) => true,
        _ => false,
    };

    /// <summary>Whether the transition corrects an outcome that was called certain: an alert, never routine.</summary>
    public static bool Corrects(EffectState from, EffectState to) =>
        from.Phase is EffectPhase.Failed or EffectPhase.Canceled && Retracts(from, to);

    private static bool IsWellFormed(EffectState state) =>
        Enum.IsDefined(state.Phase) && state.Phase == EffectPhase.Succeeded == state.Finality.HasValue
        && (state.Finality is not { } finality || Enum.IsDefined(finality));
}
