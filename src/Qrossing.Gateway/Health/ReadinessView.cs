namespace Qrossing.Gateway.Health;

/// <summary>Whether the process can do its work.</summary>
internal sealed record ReadinessView
{
    /// <summary>It can.</summary>
    public const string Ready = "ready";

    /// <summary>It cannot.</summary>
    public const string NotReady = "not_ready";

    /// <summary><c>ready</c> or <c>not_ready</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What was looked at: database, schema, writer, ownership, process.</summary>
    public required IReadOnlyDictionary<string, HealthCheckView> Checks { get; init; }

    /// <summary>Connections by how they stand. One that is not ready does not make the gateway so.</summary>
    public required IReadOnlyDictionary<string, int> Connections { get; init; }
}
