using System.ComponentModel.DataAnnotations;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary>A managed wallet to be made or imported.</summary>
internal sealed record NewWallet
{
    /// <summary>For people, 1 to 100 characters.</summary>
    [StringLength(100, MinimumLength = 1, ErrorMessage = "Must have 1 to 100 characters.")]
    public required string Name { get; init; }

    /// <summary>A secp256k1 key to import, 0x and 64 hex digits; default a new one. Encrypted before it is stored, never shown.</summary>
    public string? PrivateKey { get; init; }
}
