using Qrossing.Abstractions.Values;

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

    /// <summary>How long an attempt, and the call as a whole, may take; for large bodies. Null: the host's limits.</summary>
    public TimeSpan? Timeout { get; init; }
}
