using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Core.Connectors;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary>A kind of connector that is installed.</summary>
internal sealed record ConnectorView
{
    /// <summary><c>category.name</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary><c>alpha</c>, <c>beta</c> or <c>stable</c>.</summary>
    public required string Stability { get; init; }

    /// <summary>The most sensitive class of data it hands over: <c>public</c>, <c>pseudonymous</c>, <c>personal</c>, <c>caller_defined</c>.</summary>
    public required string Data { get; init; }

    /// <summary>What it can do.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>JSON Schema of a connection's options.</summary>
    public required JsonObject OptionsSchema { get; init; }

    /// <summary>The view of a description.</summary>
    public static ConnectorView Of(ConnectorDescription description) => new()
    {
        Kind = description.Kind,
        Summary = description.Summary,
        Stability = Snake(description.Stability),
        Data = Snake(description.Data),
        Capabilities = [.. description.Capabilities.Select(capability => capability.Name)],
        OptionsSchema = description.OptionsSchema,
    };

    /// <summary>An enum value as callers see it.</summary>
    internal static string Snake(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
