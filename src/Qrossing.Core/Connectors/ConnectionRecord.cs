using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Connectors;

/// <summary>A configured connector instance as the operator wrote it.</summary>
public sealed record ConnectionRecord
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The operator's own id, <c>[a-z0-9-]{1,64}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The connector's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Options as JSON; secrets are references or sealed envelopes, never plain.</summary>
    public required ReadOnlyMemory<byte> Options { get; init; }

    /// <summary><c>active</c>, <c>disabled</c> (by an operator) or <c>paused</c> (by the gateway: credentials refused).</summary>
    public required string Status { get; init; }

    /// <summary>Why it is not active.</summary>
    public string? StatusReason { get; init; }

    /// <summary><c>live</c> or <c>sandbox</c>: which keys reach it.</summary>
    public required string Environment { get; init; }

    /// <summary><c>api</c>, <c>file</c> or <c>system</c> (the built-in store); others than <c>api</c> are not changed through the API.</summary>
    public required string ManagedBy { get; init; }

    /// <summary>From 1; guards updates and names the options snapshot.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
