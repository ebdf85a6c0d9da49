using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Connectors;

/// <summary>A connection as callers see it, without secrets.</summary>
public sealed record ConnectionView
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The operator's id.</summary>
    public required string Id { get; init; }

    /// <summary>The connector's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Options; a sealed secret shows as <c>{"secret":"sealed"}</c>, which a change may send back to keep it.</summary>
    public required JsonObject Options { get; init; }

    /// <summary><c>active</c>, <c>disabled</c> or <c>paused</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is not active.</summary>
    public string? StatusReason { get; init; }

    /// <summary><c>live</c> or <c>sandbox</c>.</summary>
    public required string Environment { get; init; }

    /// <summary><c>api</c>, <c>file</c> or <c>system</c>.</summary>
    public required string ManagedBy { get; init; }

    /// <summary>From 1.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How it stands now.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>Since when it stands so.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why, as an error code; null when ready.</summary>
    public string? Because { get; init; }

    /// <summary>The circuits of the operations used so far.</summary>
    public required IReadOnlyList<CircuitView> Circuits { get; init; }
}
