namespace Qrossing.Sdk.Effects;

/// <summary>The effect as its receipt names it.</summary>
public sealed record ReceiptEffect
{
    /// <summary><c>eff_...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The owner.</summary>
    public string? Tenant { get; init; }

    /// <summary>The operation's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The connection it went through.</summary>
    public required string Connection { get; init; }

    /// <summary>Who asked.</summary>
    public string? Principal { get; init; }

    /// <summary>SHA-256 fingerprint of the request, hexadecimal.</summary>
    public string? RequestDigest { get; init; }

    /// <summary>One of <see cref="EffectOutcomes"/> or a newer word.</summary>
    public required string Outcome { get; init; }

    /// <summary>One of <see cref="EffectPhases"/> or a newer word.</summary>
    public required string Phase { get; init; }

    /// <summary><c>provisional</c> or <c>final</c> once succeeded.</summary>
    public string? Finality { get; init; }

    /// <summary>The code of the last fault or refusal.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
