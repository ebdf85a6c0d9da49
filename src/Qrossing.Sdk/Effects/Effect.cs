using System.Text.Json;

namespace Qrossing.Sdk.Effects;

/// <summary>One intended change in someone else's system.</summary>
public sealed record Effect
{
    /// <summary><c>eff_...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The operation's kind, for example <c>objects.put</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The connection it goes through.</summary>
    public required string Connection { get; init; }

    /// <summary>One of <see cref="EffectOutcomes"/> or a newer word.</summary>
    public required string Outcome { get; init; }

    /// <summary>One of <see cref="EffectPhases"/> or a newer word.</summary>
    public required string Phase { get; init; }

    /// <summary><c>provisional</c> or <c>final</c> once succeeded.</summary>
    public string? Finality { get; init; }

    /// <summary>The code of the last fault or refusal; null while all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>What the peer answered, in the operation's own form; null until then.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Taken back so far, digits in minor or base units; null when nothing was.</summary>
    public string? ReversedAmount { get; init; }

    /// <summary>The effect that caused this one; null for a caller's.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether its caller asked to cancel it when it could no longer be withdrawn.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Calls to the peer so far.</summary>
    public int AttemptCount { get; init; }

    /// <summary>Those calls, in order; null in lists.</summary>
    public IReadOnlyList<EffectAttempt>? Attempts { get; init; }

    /// <summary>When the gateway acts next; null at rest or while it waits for something else.</summary>
    public DateTimeOffset? NextActionAt { get; init; }

    /// <summary>What it waits for, for example <c>connection_paused</c>; null when nothing is missing.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
