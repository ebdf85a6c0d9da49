using System.Text.Json.Nodes;
using Qrossing.Core.Connectors;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary>A configured connection to an external system.</summary>
internal sealed record ConnectionResource
{
    /// <summary>The operator's own id.</summary>
    public required string Id { get; init; }

    /// <summary>The connector's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Its options; a sealed secret shows as <c>{"secret":"sealed"}</c>, which a change may send back to keep it.</summary>
    public required JsonObject Options { get; init; }

    /// <summary><c>live</c> or <c>sandbox</c>.</summary>
    public required string Environment { get; init; }

    /// <summary><c>active</c>, <c>disabled</c> (by an operator) or <c>paused</c> (by the gateway).</summary>
    public required string Status { get; init; }

    /// <summary>Why it is not active.</summary>
    public string? StatusReason { get; init; }

    /// <summary><c>api</c>, <c>file</c> or <c>system</c>; only <c>api</c> ones change through the API.</summary>
    public required string ManagedBy { get; init; }

    /// <summary>How it stands: <c>ready</c>, <c>degraded</c>, <c>unreachable</c>, <c>disabled</c>, <c>paused</c> or <c>circuit_open</c>.</summary>
    public required string State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why, as an error code.</summary>
    public string? Because { get; init; }

    /// <summary>The circuits of the operations used so far.</summary>
    public required IReadOnlyList<CircuitView> Circuits { get; init; }

    /// <summary>From 1; names the options snapshot.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The resource of a connection.</summary>
    public static ConnectionResource Of(ConnectionView view) => new()
    {
        Id = view.Id,
        Kind = view.Kind,
        Options = view.Options,
        Environment = view.Environment,
        Status = view.Status,
        StatusReason = view.StatusReason,
        ManagedBy = view.ManagedBy,
        State = ConnectorView.Snake(view.State),
        Since = view.Since,
        Because = view.Because,
        Circuits = view.Circuits,
        Version = view.Version,
        CreatedAt = view.CreatedAt,
        UpdatedAt = view.UpdatedAt,
    };
}
