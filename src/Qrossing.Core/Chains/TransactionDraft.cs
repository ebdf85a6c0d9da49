using System.Text.Json;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Chains;

/// <summary>A transaction that a caller wants, checked for form.</summary>
public sealed record TransactionDraft
{
    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>The sending wallet.</summary>
    public required WalletId Wallet { get; init; }

    /// <summary>The receiver or contract.</summary>
    public required string To { get; init; }

    /// <summary>Native base units, digits; <c>0</c> for a mere call.</summary>
    public required string Value { get; init; }

    /// <summary>Raw call data; null without.</summary>
    public string? Data { get; init; }

    /// <summary>Function signature; null without.</summary>
    public string? Function { get; init; }

    /// <summary>Arguments of <see cref="Function"/>.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>The request's fingerprint.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Required: this moves money.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>How long the caller waits.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);
}
