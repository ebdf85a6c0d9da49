namespace Qrossing.Sdk.Effects;

/// <summary>The outcomes that this version knows; others may be added.</summary>
public static class EffectOutcomes
{
    /// <summary>On its way; no certain answer yet.</summary>
    public const string Pending = "pending";

    /// <summary>It may have happened. The gateway goes on asking; nobody may send it again under another key.</summary>
    public const string Unknown = "unknown";

    /// <summary>Done at the peer.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>Certainly did not happen and will not.</summary>
    public const string Failed = "failed";

    /// <summary>Happened and was wholly taken back.</summary>
    public const string Reversed = "reversed";
}
