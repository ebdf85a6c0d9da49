namespace Qrossing.Core.Effects;

/// <summary>Where evidence comes from.</summary>
public enum EvidenceSource
{
    /// <summary>The reply to a send out of <see cref="EffectPhase.Sending"/>.</summary>
    Send,

    /// <summary>The reply to a repeat of the same stored call while the outcome is unknown.</summary>
    Repeat,

    /// <summary>A lookup or a message of the peer.</summary>
    Lookup,

    /// <summary>The row comes from a backup: what happened after the backup is not in it.</summary>
    Restore,
}
