using System.Text.Json.Nodes;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors;

/// <summary>A kind of connector that is installed.</summary>
public sealed record ConnectorDescription
{
    /// <summary><c>category.name</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>How far it has come.</summary>
    public required Stability Stability { get; init; }

    /// <summary>The most sensitive class of data it hands over.</summary>
    public required DataClass Data { get; init; }

    /// <summary>Its options record.</summary>
    public required Type OptionsType { get; init; }

    /// <summary>The connector's class.</summary>
    public required Type ConnectorType { get; init; }

    /// <summary>The capability interfaces it implements, by name.</summary>
    public required IReadOnlyList<Type> Capabilities { get; init; }

    /// <summary>JSON Schema (draft 2020-12) of its options; secrets have <c>format: secret</c>. Not to be changed: it is shared.</summary>
    public required JsonObject OptionsSchema { get; init; }

    /// <summary>Whether it implements a capability.</summary>
    public bool Has<TCapability>() => ConnectorType.IsAssignableTo(typeof(TCapability));
}
