using System.Numerics;

namespace Qrossing.Abstractions.Blockchain;

/// <summary>What a transaction is to do.</summary>
public sealed record PrepareTransaction
{
    /// <summary>The sending address.</summary>
    public required string From { get; init; }

    /// <summary>The receiver or contract.</summary>
    public required string To { get; init; }

    /// <summary>Native base units to send along; 0 for a mere call.</summary>
    public required BigInteger Value { get; init; }

    /// <summary>The function to call; null for a transfer.</summary>
    public ContractCall? Call { get; init; }

    /// <summary>Raw call data instead of <see cref="Call"/>, 0x and hex.</summary>
    public string? Data { get; init; }
}
