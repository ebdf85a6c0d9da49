namespace Qrossing.Abstractions.Blockchain;

/// <summary>What is to be sent, and sent again unchanged.</summary>
public sealed record SignedTransaction
{
    /// <summary>The signed encoding.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The transaction hash, 0x and hex.</summary>
    public required string Hash { get; init; }
}
