using Qrossing.Core.Connectors;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary>One thing this gateway can do now.</summary>
internal sealed record CapabilityView
{
    /// <summary>What: a chain, a store, a module, an API.</summary>
    public required string Name { get; init; }

    /// <summary>The connection it needs; absent for what the gateway does itself.</summary>
    public string? Connection { get; init; }

    /// <summary><c>ready</c>, <c>degraded</c>, <c>unreachable</c>, <c>disabled</c>, <c>paused</c> or <c>circuit_open</c>.</summary>
    public required string State { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why, as an error code.</summary>
    public string? Because { get; init; }

    /// <summary>What a connection gives under a name.</summary>
    public static CapabilityView Of(string name, ConnectionView connection) => new()
    {
        Name = name,
        Connection = connection.Id,
        State = ConnectorView.Snake(connection.State),
        Since = connection.Since,
        Because = connection.Because,
    };
}
