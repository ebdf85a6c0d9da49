using Qrossing.Core.Effects;

namespace Qrossing.Gateway.Rest.Effects;

/// <summary>One call to the peer.</summary>
internal sealed record AttemptView
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary><c>send</c>, <c>repeat</c> or <c>lookup</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; absent when that is not known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it showed: <c>done</c>, <c>in_progress</c>, <c>did_not_happen</c>, <c>not_now</c>, <c>may_have_happened</c>, <c>absent</c>, <c>superseded</c>, <c>cannot_tell</c>, <c>taken_back</c>.</summary>
    public string? Evidence { get; init; }

    /// <summary>Our code for the fault.</summary>
    public string? Code { get; init; }

    /// <summary>The peer's code.</summary>
    public string? PeerCode { get; init; }

    /// <summary>The peer's request id, for a support case there.</summary>
    public string? PeerRequestId { get; init; }

    /// <summary>What names the attempt at the peer, for example a transaction hash.</summary>
    public string? PeerReference { get; init; }

    /// <summary>The view of an attempt.</summary>
    public static AttemptView Of(EffectAttempt attempt) => new()
    {
        Number = attempt.Number,
        Kind = attempt.Kind,
        StartedAt = attempt.StartedAt,
        EndedAt = attempt.EndedAt,
        Evidence = attempt.Evidence,
        Code = attempt.Code,
        PeerCode = attempt.PeerCode,
        PeerRequestId = attempt.PeerRequestId,
        PeerReference = attempt.PeerReference,
    };
}
