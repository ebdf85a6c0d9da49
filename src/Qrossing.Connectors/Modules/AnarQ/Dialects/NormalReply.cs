using System.Text.Json;

namespace Qrossing.Connectors.Modules.AnarQ.Dialects;

/// <summary>A module's reply without its envelope.</summary>
internal sealed record NormalReply
{
    /// <summary>What the envelope says; a 2xx status may carry an error.</summary>
    public required bool Ok { get; init; }

    /// <summary>The module's code, of which there are hundreds.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>The payload; undefined when there is none.</summary>
    public JsonElement Data { get; init; }

    public string? Cid { get; init; }

    public bool? Retryable { get; init; }

    public string? RequestId { get; init; }
}
