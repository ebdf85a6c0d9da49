namespace Qrossing.Abstractions.Connectors;

/// <summary>How the peer treats the same write a second time.</summary>
public enum PeerIdempotency
{
    /// <summary>The peer remembers our idempotency key: after unknown the same call with the same key, within the window.</summary>
    Key,

    /// <summary>The content names itself (a CID): a repeat changes nothing.</summary>
    Content,

    /// <summary>The write has a natural key (a nonce, a record key): look it up, and send the same stored bytes again when it is absent.</summary>
    Natural,

    /// <summary>Nothing protects from a double: lookup only, never repeated by the machine.</summary>
    None,
}
