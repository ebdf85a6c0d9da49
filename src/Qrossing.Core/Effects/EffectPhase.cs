namespace Qrossing.Core.Effects;

/// <summary>Where an effect stands (effects, Phases).</summary>
public enum EffectPhase
{
    /// <summary>Durable; no call that may have taken effect is outstanding.</summary>
    Recorded,

    /// <summary>Prepared call and send-by committed before the first byte leaves. After a crash this reads as unknown.</summary>
    Sending,

    /// <summary>The peer confirmed that it has it and is working.</summary>
    Accepted,

    /// <summary>It may have happened; never expires.</summary>
    Unknown,

    /// <summary>Done at the peer.</summary>
    Succeeded,

    /// <summary>Certainly did not happen and will not.</summary>
    Failed,

    /// <summary>Withdrawn before it was sent, or cancelled at the peer with its confirmation.</summary>
    Canceled,

    /// <summary>Happened and was wholly taken back.</summary>
    Reversed,
}
