using System.Text.Json;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary>A contract call without a transaction.</summary>
internal sealed record CallRequest
{
    /// <summary>The contract's address.</summary>
    public required string To { get; init; }

    /// <summary>Signature: <c>balanceOf(address) returns (uint256)</c>.</summary>
    public required string Function { get; init; }

    /// <summary>A JSON array; integers as strings of digits, bytes as 0x hex, tuples as arrays. Default none.</summary>
    public JsonElement? Arguments { get; init; }
}
