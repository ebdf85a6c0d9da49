using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects;

/// <summary>A caller's key, the effect it made, and the final answer once there is one.</summary>
public sealed record IdempotencyRecord
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The caller.</summary>
    public required string Client { get; init; }

    /// <summary>1 to 255 visible ASCII characters.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path, query, content type and body, hex.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The effect.</summary>
    public required EffectId Effect { get; init; }

    /// <summary>The final answer; null until the effect has ended.</summary>
    public StoredAnswer? Answer { get; init; }
}
