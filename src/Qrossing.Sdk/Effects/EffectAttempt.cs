namespace Qrossing.Sdk.Effects;

/// <summary>One call to the peer for an effect, and what it showed.</summary>
public sealed record EffectAttempt
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary><c>send</c>, <c>repeat</c> or <c>lookup</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null when it is not known to have ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it showed, for example <c>done</c>, <c>may_have_happened</c> or <c>absent</c>; null when it is not known to have ended.</summary>
    public string? Evidence { get; init; }

    /// <summary>The gateway's code for the fault.</summary>
    public string? Code { get; init; }

    /// <summary>The peer's code.</summary>
    public string? PeerCode { get; init; }

    /// <summary>The peer's request id.</summary>
    public string? PeerRequestId { get; init; }

    /// <summary>What names the attempt at the peer, for example a transaction hash.</summary>
    public string? PeerReference { get; init; }
}
