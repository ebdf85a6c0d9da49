namespace Qrossing.Core.Effects;

/// <summary>Phases, outcomes and finality as lower-snake text: in the API, in events, in the database.</summary>
public static class EffectText
{
    /// <summary>A phase's text.</summary>
    public static string Of(EffectPhase phase) => phase switch
    {
        EffectPhase.Recorded => "recorded",
        EffectPhase.Sending => "sending",
        EffectPhase.Accepted => "accepted",
        EffectPhase.Unknown => "unknown",
        EffectPhase.Succeeded => "succeeded",
        EffectPhase.Failed => "failed",
        EffectPhase.Canceled => "canceled",
        _ => "reversed",
    };

    /// <summary>An outcome's text.</summary>
    public static string Of(EffectOutcome outcome) => outcome switch
    {
        EffectOutcome.Pending => "pending",
        EffectOutcome.Unknown => "unknown",
        EffectOutcome.Succeeded => "succeeded",
        EffectOutcome.Failed => "failed",
        _ => "reversed",
    };

    /// <summary>A finality's text.</summary>
    public static string Of(Finality finality) => finality == Finality.Final ? "final" : "provisional";

    /// <summary>Reads an outcome.</summary>
    public static bool TryParse(string? text, out EffectOutcome outcome)
    {
        foreach (var candidate in Enum.GetValues<EffectOutcome>())
        {
            if (Of(candidate) == text)
            {
                outcome = candidate;
                return true;
            }
        }

        outcome = default;
        return false;
    }
}
