namespace Qrossing.Abstractions.Connectors;

/// <summary>What a peer's failure means for the question "did it happen?".</summary>
public enum FaultKind
{
    /// <summary>The peer understood and refused. Did not happen.</summary>
    Rejected,

    /// <summary>The peer says the request is wrong. Did not happen.</summary>
    Invalid,

    /// <summary>Our credentials were refused. Did not happen; the connection is paused.</summary>
    Unauthorized,

    /// <summary>What the request names does not exist. Did not happen.</summary>
    NotFound,

    /// <summary>Too many requests. Did not happen; try again later.</summary>
    RateLimited,

    /// <summary>No byte of the request can have reached the peer. Did not happen; try again later.</summary>
    Unavailable,

    /// <summary>It may have happened: time-out, cut connection, 5xx, unreadable reply. Resolved by lookup, never by guessing.</summary>
    Indeterminate,
}
