using Qrossing.Sdk;
using Qrossing.Sdk.Effects;
using Qrossing.Sdk.Gateway;
using Qrossing.Sdk.Webhooks;

namespace Qrossing.Console.Pages;

/// <summary>What the overview shows.</summary>
public sealed record OverviewModel
{
    /// <summary>Whether the gateway is ready.</summary>
    public required Loaded<GatewayHealth> Health { get; init; }

    /// <summary>The log's newest tree head.</summary>
    public required Loaded<AuditCheckpoint> Checkpoint { get; init; }

    /// <summary>Connections and their states.</summary>
    public required Loaded<Page<Connection>> Connections { get; init; }

    /// <summary>Unknown effects.</summary>
    public required Loaded<Page<Effect>> Unknown { get; init; }

    /// <summary>Pending effects.</summary>
    public required Loaded<Page<Effect>> Pending { get; init; }

    /// <summary>Deliveries given up.</summary>
    public required Loaded<Page<Delivery>> Dead { get; init; }

    /// <summary>Deliveries to be sent.</summary>
    public required Loaded<Page<Delivery>> Waiting { get; init; }
}
