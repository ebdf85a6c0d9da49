using System.Text.Json.Nodes;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Http;

/// <summary>One operation of a described API.</summary>
public sealed record OperationDescription
{
    /// <summary>The document's <c>operationId</c>.</summary>
    public required string OperationId { get; init; }

    /// <summary>HTTP method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Path template.</summary>
    public required string Path { get; init; }

    /// <summary>One sentence from the document.</summary>
    public string? Summary { get; init; }

    /// <summary>GET and HEAD: answered at once and no effect.</summary>
    public bool ReadOnly => Method is "GET" or "HEAD";

    /// <summary>How the peer treats a repeat.</summary>
    public required PeerIdempotency Repeats { get; init; }

    /// <summary>With <see cref="PeerIdempotency.Key"/>: how long the peer remembers the key. Default 24 h.</summary>
    public TimeSpan RepeatWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long after the last possible sending a write may still take effect or be listed; null: the host's own safe value.</summary>
    public TimeSpan? AbsenceHorizon { get; init; }

    /// <summary>Whether a lookup is configured.</summary>
    public bool HasLookup { get; init; }

    /// <summary>JSON Schema of the parameters object.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>JSON Schema of the body; null when there is none.</summary>
    public JsonObject? Body { get; init; }
}
