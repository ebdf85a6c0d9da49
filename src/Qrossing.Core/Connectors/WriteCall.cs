using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects;

namespace Qrossing.Core.Connectors;

/// <summary>A write through the one door.</summary>
public sealed record WriteCall
{
    /// <summary>The owner of the connection.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The connection.</summary>
    public required string Connection { get; init; }

    /// <summary>The operation, a name from code: it labels metrics and has a circuit of its own.</summary>
    public required string Operation { get; init; }

    /// <summary>The effect's id, the same on every attempt.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>No first byte leaves after this instant.</summary>
    public required DateTimeOffset SendBy { get; init; }

    /// <summary>The call of an effect that is being sent.</summary>
    public static WriteCall Of(Effect effect, string operation) => new()
    {
        Tenant = effect.Tenant,
        Connection = effect.Connection,
        Operation = operation,
        IdempotencyKey = effect.Id.Text,
        Attempt = Math.Max(effect.Attempts, 1),
        SendBy = effect.SendBy ?? throw new InvalidOperationException($"Effect {effect.Id} has no send-by."),
    };

    /// <summary>How long an attempt, and the call as a whole, may take; for large bodies. Null: the host's limits.</summary>
    public TimeSpan? Timeout { get; init; }
}
