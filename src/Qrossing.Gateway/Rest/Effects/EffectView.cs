using System.Text.Json;
using Qrossing.Core.Effects;

namespace Qrossing.Gateway.Rest.Effects;

/// <summary>An effect: one intended change in an external system, and what is known about it.</summary>
internal sealed record EffectView
{
    /// <summary><c>eff_...</c>; also the idempotency key towards the peer.</summary>
    public required string Id { get; init; }

    /// <summary>What it does, for example <c>objects.put</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The connection it goes through.</summary>
    public required string Connection { get; init; }

    /// <summary><c>pending</c>, <c>unknown</c>, <c>succeeded</c>, <c>failed</c> or <c>reversed</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Where exactly it stands: <c>recorded</c>, <c>sending</c>, <c>accepted</c>, <c>unknown</c>, <c>succeeded</c>, <c>failed</c>, <c>canceled</c>, <c>reversed</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>Of a success: <c>provisional</c> while the world can still undo it, else <c>final</c>.</summary>
    public string? Finality { get; init; }

    /// <summary>Error code of the last fault or refusal.</summary>
    public string? Reason { get; init; }

    /// <summary>What it waits for: <c>connection_paused</c>, <c>funds</c>, <c>approval</c>.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Set when its caller asked to cancel it and it could not be withdrawn any more.</summary>
    public bool? CancelRequested { get; init; }

    /// <summary>The peer's answer once known.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Base or minor units taken back so far.</summary>
    public string? ReversedAmount { get; init; }

    /// <summary>The effect that caused this one.</summary>
    public string? Parent { get; init; }

    /// <summary>Calls to the peer so far.</summary>
    public required int AttemptCount { get; init; }

    /// <summary>Every call to the peer and what it showed; in the single view only.</summary>
    public IReadOnlyList<AttemptView>? Attempts { get; init; }

    /// <summary>When the gateway acts next.</summary>
    public DateTimeOffset? NextActionAt { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What belongs to it.</summary>
    public required EffectLinks Links { get; init; }

    /// <summary>The view of an effect.</summary>
    public static EffectView Of(Effect effect, IReadOnlyList<EffectAttempt>? attempts = null) => new()
    {
        Id = effect.Id.Text,
        Kind = effect.Kind,
        Connection = effect.Connection,
        Outcome = EffectText.Of(effect.State.Outcome),
        Phase = EffectText.Of(effect.State.Phase),
        Finality = effect.State.Finality is { } finality ? EffectText.Of(finality) : null,
        Reason = effect.Reason,
        WaitsFor = effect.WaitsFor,
        CancelRequested = effect.CancelRequested ? true : null,
        Result = effect.Result is { } result ? JsonElement.Parse(result.Span) : null,
        ReversedAmount = effect.ReversedAmount,
        Parent = effect.Parent?.Text,
        AttemptCount = effect.Attempts,
        Attempts = attempts is null ? null : [.. attempts.Select(AttemptView.Of)],
        NextActionAt = effect.NextActionAt,
        CreatedAt = effect.CreatedAt,
        UpdatedAt = effect.UpdatedAt,
        Links = new EffectLinks
        {
            Self = $"/v1/effects/{effect.Id}",
            Receipt = $"/v1/receipts/{effect.Id}",
            Events = $"/v1/events?subject={effect.Id}",
        },
    };
}
