using Qrossing.Core.Audit;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Connectors.Resilience;
using Qrossing.Core.Events;
using Qrossing.Core.Secrets;
using Qrossing.Core.Webhooks;
using Qrossing.Data;
using Qrossing.Gateway;

namespace Qrossing.Composition;

/// <summary>Everything an operator can set for the process. Each property is a section; docs/configuration.md is made from these types.</summary>
internal sealed record QrossingOptions
{
    /// <summary>The database and the data directory.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>The key ring's root key.</summary>
    public SecretsOptions Secrets { get; init; } = new();

    /// <summary>What the gateway may call.</summary>
    public EgressOptions Egress { get; init; } = new();

    /// <summary>Time-outs, retries and circuits of connector calls.</summary>
    public ResilienceOptions Resilience { get; init; } = new();

    /// <summary>The event log.</summary>
    public EventOptions Events { get; init; } = new();

    /// <summary>Outbound webhooks.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>The transparency log.</summary>
    public AuditOptions Audit { get; init; } = new();

    /// <summary>The HTTP front.</summary>
    public GatewayOptions Gateway { get; init; } = new();

    /// <summary>Where traces go.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>How the process logs.</summary>
    public LogOptions Logging { get; init; } = new();

    /// <summary>AnarQ&amp;Q modules by name: the short form of a connection of kind <c>modules.anarq</c>.</summary>
    public IReadOnlyDictionary<string, ModuleOptions> Modules { get; init; } = new Dictionary<string, ModuleOptions>();
}
