namespace Qrossing.Abstractions.Blockchain;

/// <summary>Which transaction to find.</summary>
public sealed record TransactionQuery
{
    /// <summary>CAIP-2 of the chain it was signed for. A connection to another chain answers with a fault: it can neither find it nor call it absent.</summary>
    public required string Chain { get; init; }

    /// <summary>The hash of the bytes that were sent.</summary>
    public required string Hash { get; init; }

    /// <summary>The sending address.</summary>
    public required string From { get; init; }

    /// <summary>Its nonce.</summary>
    public required long Nonce { get; init; }
}
