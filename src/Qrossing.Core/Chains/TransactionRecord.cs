using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Chains;

/// <summary>A transaction that an effect sends: its reserved nonce and, once signed, its hash.</summary>
public sealed record TransactionRecord
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The id.</summary>
    public required TransactionId Id { get; init; }

    /// <summary>The effect.</summary>
    public required EffectId Effect { get; init; }

    /// <summary>The wallet.</summary>
    public required WalletId Wallet { get; init; }

    /// <summary>CAIP-2.</summary>
    public required string Chain { get; init; }

    /// <summary>The sending address.</summary>
    public required string From { get; init; }

    /// <summary>The receiver or contract.</summary>
    public required string To { get; init; }

    /// <summary>Native base units, digits.</summary>
    public required string Value { get; init; }

    /// <summary>The reserved nonce; null before the reservation and after its release.</summary>
    public long? Nonce { get; init; }

    /// <summary>The hash of the signed bytes; null before.</summary>
    public string? Hash { get; init; }

    /// <summary>The peer's last word as JSON (block, confirmations, gas); null before.</summary>
    public ReadOnlyMemory<byte>? Status { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
