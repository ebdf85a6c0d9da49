namespace Qrossing.TestKit.Rest;

/// <summary>What a <see cref="RestPeer"/> does with one request in place of answering it properly.</summary>
public enum RestPeerFault
{
    /// <summary>No fault: for a place in a sequence.</summary>
    None,

    /// <summary>Does the work and never answers.</summary>
    ApplyThenTimeout,

    /// <summary>Does the work and drops the connection.</summary>
    ApplyThenClose,

    /// <summary>Does the work and answers 200 with something that is no JSON.</summary>
    ApplyThenGarbage,

    /// <summary>Does the work, and answers properly only when <see cref="RestPeer.Release"/> is called.</summary>
    Slow,

    /// <summary>Drops the connection without doing the work.</summary>
    Close,

    /// <summary>Answers 200 with something that is no JSON, without doing the work.</summary>
    Garbage,

    /// <summary>429 with <c>Retry-After: 1</c>, without doing the work.</summary>
    RateLimited,

    /// <summary>503, without doing the work.</summary>
    Unavailable,
}
