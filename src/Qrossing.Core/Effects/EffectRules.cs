using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Effects;

/// <summary>How one operation's effects are sent, looked up and repeated.</summary>
public sealed record EffectRules
{
    /// <summary>How the peer treats a repeat.</summary>
    public required PeerIdempotency Repeats { get; init; }

    /// <summary>For <see cref="PeerIdempotency.Key"/>: how long after the first sending the peer remembers the key. Default 24 h.</summary>
    public TimeSpan RepeatWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long after send-by the peer may still list a write that happened. Default 5 s.</summary>
    public TimeSpan AbsenceHorizon { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the commit of <c>sending</c> to send-by. Default 10 s.</summary>
    public TimeSpan SendWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For <see cref="PeerIdempotency.Natural"/>: the stored bytes are sent again at once when the peer does not know them (a signed transaction:
    /// its nonce makes that harmless, and another transaction in its place would be a double). False: only after proven absence, as a new sending.
    /// </summary>
    public bool RepeatsStoredBytes { get; init; }

    /// <summary>
    /// Whether proven absence ends an unknown outcome. Default true. False where a call that the peer forgot can still take effect (a signed transaction
    /// lies in other nodes' pools): then only finding it, or something else that used up its natural key, ends it.
    /// </summary>
    public bool AbsenceProves { get; init; } = true;

    /// <summary>How often an accepted or provisional effect is looked at. Default 2 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether a caller's cancel may end the machine's own attempts once it was sent. Default true. False where what is given up stays in the way of
    /// others (a signed transaction holds its nonce): then only what was never sent can be cancelled.
    /// </summary>
    public bool MayBeAbandoned { get; init; } = true;

    /// <summary>Whether a repeat of the stored call is harmless now.</summary>
    public bool MayRepeat(DateTimeOffset firstSent, DateTimeOffset now) => Repeats switch
    {
        PeerIdempotency.Key => now - firstSent < RepeatWindow,
        PeerIdempotency.Content => true,
        PeerIdempotency.Natural => RepeatsStoredBytes,
        _ => false,
    };

    /// <summary>Whether proven absence may lead to a new sending.</summary>
    public bool MayBeSentAgain => Repeats != PeerIdempotency.None;
}
