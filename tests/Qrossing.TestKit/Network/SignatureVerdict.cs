namespace Qrossing.TestKit.Network;

/// <summary>Result of a check of a Standard Webhooks signature.</summary>
public enum SignatureVerdict
{
    /// <summary>Signed with the secret, within the tolerance.</summary>
    Valid,

    /// <summary>A header is missing or not in the form the specification gives.</summary>
    Malformed,

    /// <summary>The timestamp is further from now than the tolerance.</summary>
    Expired,

    /// <summary>No signature of the list matches.</summary>
    Wrong,
}
