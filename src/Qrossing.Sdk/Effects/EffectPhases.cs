namespace Qrossing.Sdk.Effects;

/// <summary>The phases that this version knows; others may be added.</summary>
public static class EffectPhases
{
    /// <summary>Durable, not sent.</summary>
    public const string Recorded = "recorded";

    /// <summary>Being sent.</summary>
    public const string Sending = "sending";

    /// <summary>The peer confirmed that it has it and is working.</summary>
    public const string Accepted = "accepted";

    /// <summary>It may have happened.</summary>
    public const string Unknown = "unknown";

    /// <summary>Done at the peer.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>Certainly did not happen and will not.</summary>
    public const string Failed = "failed";

    /// <summary>Withdrawn.</summary>
    public const string Canceled = "canceled";

    /// <summary>Happened and was wholly taken back.</summary>
    public const string Reversed = "reversed";
}
