namespace Qrossing.Abstractions.Blockchain;

/// <summary>What is to be signed.</summary>
public sealed record UnsignedTransaction
{
    /// <summary>The unsigned encoding.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The 32 bytes to sign.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }
}
