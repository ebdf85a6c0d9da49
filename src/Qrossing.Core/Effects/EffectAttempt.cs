using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects;

/// <summary>One call to the peer for an effect, and what it showed.</summary>
public sealed record EffectAttempt
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The effect.</summary>
    public required EffectId Effect { get; init; }

    /// <summary>From 1, over sends and lookups.</summary>
    public required int Number { get; init; }

    /// <summary><c>send</c>, <c>repeat</c>, <c>lookup</c> or <c>restore</c> (the row came from a backup).</summary>
    public required string Kind { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null: never known to have ended (crash).</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>done</c>, <c>in_progress</c>, <c>did_not_happen</c>, <c>may_have_happened</c>, <c>absent</c>, <c>superseded</c>, <c>cannot_tell</c>; null: not known to have ended.</summary>
    public string? Evidence { get; init; }

    /// <summary>Our code for the fault.</summary>
    public string? Code { get; init; }

    /// <summary>The peer's code.</summary>
    public string? PeerCode { get; init; }

    /// <summary>The peer's request id.</summary>
    public string? PeerRequestId { get; init; }

    /// <summary>What names the attempt at the peer (a transaction hash); null when the effect's id does.</summary>
    public string? PeerReference { get; init; }

    /// <summary>Whether an ended attempt of the same kind showed exactly this.</summary>
    public bool ShowedTheSameAs(EffectAttempt other) =>
        EndedAt is not null && (Kind, Evidence, Code, PeerCode) == (other.Kind, other.Evidence, other.Code, other.PeerCode)
        && (other.PeerReference is null || PeerReference == other.PeerReference);
}
