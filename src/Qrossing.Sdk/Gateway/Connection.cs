namespace Qrossing.Sdk.Gateway;

/// <summary>A configured connector instance.</summary>
public sealed record Connection
{
    /// <summary>The operator's own id.</summary>
    public required string Id { get; init; }

    /// <summary>The connector's kind, for example <c>cloud.local</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>active</c>, <c>disabled</c>, <c>paused</c> or a newer word.</summary>
    public string? Status { get; init; }

    /// <summary>Why it is not active.</summary>
    public string? StatusReason { get; init; }

    /// <summary>How it stands: <c>ready</c>, <c>degraded</c>, <c>unreachable</c>, <c>disabled</c>, <c>paused</c>, <c>circuit_open</c> or a newer word.</summary>
    public string? State { get; init; }

    /// <summary>Since when it stands so.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why, as a code; null when it is ready.</summary>
    public string? Because { get; init; }

    /// <summary>The circuits of the operations used so far.</summary>
    public IReadOnlyList<ConnectionCircuit> Circuits { get; init; } = [];

    /// <summary><c>live</c> or <c>sandbox</c>: which keys reach it.</summary>
    public string? Environment { get; init; }

    /// <summary><c>api</c>, <c>file</c> or <c>system</c>.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
