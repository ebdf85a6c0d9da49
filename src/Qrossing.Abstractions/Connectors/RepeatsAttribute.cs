namespace Qrossing.Abstractions.Connectors;

/// <summary>Declares, on each capability method that writes, how the peer treats a repeat.</summary>
/// <param name="how">The peer's behaviour.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepeatsAttribute(PeerIdempotency how) : Attribute
{
    /// <summary>The peer's behaviour.</summary>
    public PeerIdempotency How { get; } = how;

    /// <summary>For <see cref="PeerIdempotency.Key"/>: how long the peer remembers the key, in hours. Default 24.</summary>
    public int WindowHours { get; init; } = 24;

    /// <summary>How long after the last possible sending the peer may still list a write that happened, in milliseconds. Default 5,000.</summary>
    public int AbsenceHorizonMilliseconds { get; init; } = 5_000;
}
