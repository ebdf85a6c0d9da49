using System.Text.Json;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary>What an operation is called with.</summary>
internal sealed record OperationInput
{
    /// <summary>Path, query and header parameters by name.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>The JSON body.</summary>
    public JsonElement? Body { get; init; }
}
