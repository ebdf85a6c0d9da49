using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary>A transaction to be sent.</summary>
internal sealed record NewTransaction
{
    /// <summary>CAIP-2 id of the chain: <c>eip155:1</c>.</summary>
    public required string Chain { get; init; }

    /// <summary><c>wal_...</c>, the wallet that pays and signs.</summary>
    public required string Wallet { get; init; }

    /// <summary>The receiver or contract, 0x and 40 hex digits; mixed case must carry its EIP-55 checksum.</summary>
    public required string To { get; init; }

    /// <summary>Native base units (wei), digits without sign or leading zeros, greater than zero; default none, with data or a function only.</summary>
    [RegularExpression("0|[1-9][0-9]{0,77}", ErrorMessage = "Must be digits without sign, point or leading zeros.")]
    public string? Value { get; init; }

    /// <summary>Raw call data, 0x and hex.</summary>
    [RegularExpression("0x([0-9a-fA-F]{2})*", ErrorMessage = "Must be 0x and an even number of hex digits.")]
    public string? Data { get; init; }

    /// <summary>A function to call instead of raw data: <c>transfer(address,uint256)</c>.</summary>
    public string? Function { get; init; }

    /// <summary>Its arguments as a JSON array; integers as strings of digits.</summary>
    public JsonElement? Arguments { get; init; }
}
