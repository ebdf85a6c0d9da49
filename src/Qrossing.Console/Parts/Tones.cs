namespace Qrossing.Console.Parts;

/// <summary>Colours of outcomes, phases and states, as CSS classes. The word itself is always shown beside.</summary>
internal static class Tones
{
    /// <summary>The class of a word; plain for one that this version does not know.</summary>
    public static string Of(string word) => word switch
    {
        "succeeded" or "delivered" or "active" or "ready" or "done" => "good",
        "unknown" or "paused" or "degraded" or "circuit_open" or "may_have_happened" or "cannot_tell" => "doubt",
        "failed" or "dead" or "unreachable" or "did_not_happen" => "bad",
        "pending" or "recorded" or "sending" or "accepted" or "waiting" or "in_progress" or "not_now" => "busy",
        _ => "plain",
    };
}
