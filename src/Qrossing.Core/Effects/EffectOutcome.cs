namespace Qrossing.Core.Effects;

/// <summary>What callers see of a phase.</summary>
public enum EffectOutcome
{
    /// <summary>Recorded, sending or accepted.</summary>
    Pending,

    /// <summary>It may have happened.</summary>
    Unknown,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Did not happen.</summary>
    Failed,

    /// <summary>Taken back.</summary>
    Reversed,
}
