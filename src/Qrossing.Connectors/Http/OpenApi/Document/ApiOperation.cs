using Qrossing.Connectors.Http.OpenApi.Schemas;

namespace Qrossing.Connectors.Http.OpenApi.Document;

/// <summary>One operation of the document.</summary>
internal sealed record ApiOperation
{
    public required string Id { get; init; }

    /// <summary>Upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Template with <c>{name}</c> for each path parameter.</summary>
    public required string Path { get; init; }

    public string? Summary { get; init; }

    public required IReadOnlyList<ApiParameter> Parameters { get; init; }

    /// <summary>Null when the operation takes no body.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>Whether every success that the document describes is JSON: then anything else is not an answer of this API.</summary>
    public required bool RepliesJson { get; init; }

    /// <summary>GET and HEAD.</summary>
    public bool IsRead => Method is "GET" or "HEAD";
}

/// <summary>A JSON body.</summary>
internal sealed record ApiBody(bool Required, string MediaType, Schema Schema);
