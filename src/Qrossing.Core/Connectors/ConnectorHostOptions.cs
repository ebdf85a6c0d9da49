using System.Reflection;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Connectors.Resilience;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Connectors;

/// <summary>What the executable tells the connector host.</summary>
public sealed record ConnectorHostOptions
{
    /// <summary>Where connectors are looked for.</summary>
    public required IReadOnlyList<Assembly> Assemblies { get; init; }

    /// <summary>The data directory, mode 0700.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Section <c>Egress</c>.</summary>
    public EgressOptions Egress { get; init; } = new();

    /// <summary>Section <c>Resilience</c>.</summary>
    public ResilienceOptions Resilience { get; init; } = new();

    /// <summary>Section <c>Secrets</c>.</summary>
    public SecretsOptions Secrets { get; init; } = new();

    /// <summary>Secrets of the gateway itself beside the root key; no connection may name them.</summary>
    public IReadOnlyList<SecretRef> OwnSecrets { get; init; } = [];

    /// <summary>The configuration files; no connection may name them as a secret.</summary>
    public IReadOnlyList<string> OwnFiles { get; init; } = [];
}
