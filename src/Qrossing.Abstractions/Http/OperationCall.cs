using System.Text.Json;

namespace Qrossing.Abstractions.Http;

/// <summary>A call of an operation.</summary>
public sealed record OperationCall
{
    /// <summary>The document's <c>operationId</c>.</summary>
    public required string OperationId { get; init; }

    /// <summary>Path, query and header parameters by name.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>The JSON body; undefined when there is none.</summary>
    public JsonElement Body { get; init; }
}
