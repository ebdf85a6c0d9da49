using System.Numerics;

namespace Qrossing.Abstractions.Blockchain;

/// <summary>A native balance.</summary>
public sealed record AccountBalance
{
    /// <summary>The address as the chain writes it (EIP-55 on EVM chains).</summary>
    public required string Address { get; init; }

    /// <summary>Base units (wei).</summary>
    public required BigInteger Units { get; init; }

    /// <summary>The block it was read at.</summary>
    public required long Block { get; init; }
}
