namespace Qrossing.Sdk.Webhooks;

/// <summary>What checking a webhook's signature showed.</summary>
public enum WebhookVerdict
{
    /// <summary>One of the secrets signed this body just now.</summary>
    Valid,

    /// <summary>A header is missing or cannot be read.</summary>
    Malformed,

    /// <summary>The timestamp is too far from now: an old message sent again, or a clock that is wrong.</summary>
    OutOfTime,

    /// <summary>No signature matches.</summary>
    Wrong,
}
