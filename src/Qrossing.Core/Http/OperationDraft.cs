using System.Text.Json;

namespace Qrossing.Core.Http;

/// <summary>A caller's wish to call an operation.</summary>
public sealed record OperationDraft
{
    /// <summary>The connection.</summary>
    public required string Connection { get; init; }

    /// <summary>The document's <c>operationId</c>.</summary>
    public required string OperationId { get; init; }

    /// <summary>Path, query and header parameters by name; null without.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>The JSON body; null without.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>The request's fingerprint.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The caller's key; null when it gave none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long the caller waits for an outcome.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);
}
