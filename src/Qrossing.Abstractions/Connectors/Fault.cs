namespace Qrossing.Abstractions.Connectors;

/// <summary>An expected failure, as a value.</summary>
public sealed record Fault
{
    /// <summary>What it means for "did it happen?".</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Our error code, <c>area.reason</c>, from the room's registry.</summary>
    public required string Code { get; init; }

    /// <summary>What the peer said about when to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The peer's own code, for the audit log.</summary>
    public string? PeerCode { get; init; }

    /// <summary>The peer's request id, for a support case at the peer.</summary>
    public string? PeerRequestId { get; init; }

    /// <summary>The peer's text, for the audit log only: it is not shown to callers.</summary>
    public string? PeerText { get; init; }

    /// <summary>The peer's whole refusal, from a connector that carries a caller's own request: the caller may see it. Default none.</summary>
    public PeerReply? Reply { get; init; }

    /// <summary>Makes a fault.</summary>
    public static Fault Of(FaultKind kind, string code, string? peerText = null) => new() { Kind = kind, Code = code, PeerText = peerText };
}
