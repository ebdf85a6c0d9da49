using System.Text.Json;

namespace Qrossing.Abstractions.Blockchain;

/// <summary>A function of a contract and its arguments, in a transaction or without one.</summary>
public sealed record ContractCall
{
    /// <summary>The contract's address.</summary>
    public required string To { get; init; }

    /// <summary>Signature with canonical types and, for calls, results: <c>balanceOf(address) returns (uint256)</c>.</summary>
    public required string Function { get; init; }

    /// <summary>A JSON array; integers as strings of digits, bytes as 0x hex, tuples as arrays.</summary>
    public required JsonElement Arguments { get; init; }
}
