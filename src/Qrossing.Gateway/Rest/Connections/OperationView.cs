using System.Text.Json.Nodes;
using Qrossing.Abstractions.Http;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary>One operation of a described HTTP API.</summary>
internal sealed record OperationView
{
    /// <summary>The document's <c>operationId</c>.</summary>
    public required string OperationId { get; init; }

    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Path template.</summary>
    public required string Path { get; init; }

    /// <summary>One sentence from the document.</summary>
    public string? Summary { get; init; }

    /// <summary>Answered at once; everything else becomes an effect.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>How the peer treats a repeat: <c>key</c>, <c>content</c>, <c>natural</c> or <c>none</c>.</summary>
    public required string Repeats { get; init; }

    /// <summary>Whether an unknown outcome can be looked up.</summary>
    public required bool HasLookup { get; init; }

    /// <summary>JSON Schema of the parameters object.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>JSON Schema of the body; absent without one.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>The view of an operation.</summary>
    public static OperationView Of(OperationDescription operation) => new()
    {
        OperationId = operation.OperationId,
        Method = operation.Method,
        Path = operation.Path,
        Summary = operation.Summary,
        ReadOnly = operation.ReadOnly,
        Repeats = ConnectorView.Snake(operation.Repeats),
        HasLookup = operation.HasLookup,
        Parameters = operation.Parameters,
        Body = operation.Body,
    };
}
