using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Chains;

/// <summary>A managed wallet: a key that the gateway signs with and never shows.</summary>
public sealed record WalletRecord
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The id.</summary>
    public required WalletId Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>CAIP-2 namespace the key is for: <c>eip155</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>The address (EIP-55).</summary>
    public required string Address { get; init; }

    /// <summary>The private key, sealed under the key ring.</summary>
    public required string SealedKey { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
