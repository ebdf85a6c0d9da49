namespace Qrossing.Abstractions.Blockchain;

/// <summary>A transaction without its nonce.</summary>
public sealed record TransactionPlan
{
    /// <summary>CAIP-2 of the chain that was checked.</summary>
    public required string Chain { get; init; }

    /// <summary>The connector's own encoding of all fields but the nonce (JSON).</summary>
    public required string Fields { get; init; }

    /// <summary>The account's next nonce as the peer sees it, pending transactions included.</summary>
    public required long PeerNonce { get; init; }

    /// <summary>The most this transaction can cost in native base units, value included; digits.</summary>
    public required string MaxCost { get; init; }
}
