using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qrossing.Sdk.Events;

/// <summary>A CloudEvent 1.0 (JSON event format). An event that takes back another has the type suffix <c>.retracted</c> and <see cref="Retracts"/>.</summary>
public sealed record CloudEvent
{
    /// <summary>Always <c>1.0</c>.</summary>
    [JsonPropertyName("specversion")]
    public string SpecVersion { get; init; } = "1.0";

    /// <summary>Unique with <see cref="Source"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Who says it, a URI reference.</summary>
    public required string Source { get; init; }

    /// <summary>What happened, for example <c>q.gateway.effects.unknown.v1</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about, for our own events an id.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Media type of the data.</summary>
    [JsonPropertyName("datacontenttype")]
    public string? DataContentType { get; init; }

    /// <summary>Schema of the data.</summary>
    [JsonPropertyName("dataschema")]
    public string? DataSchema { get; init; }

    /// <summary>Position in the gateway's log, digits; null before it is in the log.</summary>
    public string? Sequence { get; init; }

    /// <summary>Order is kept per key.</summary>
    [JsonPropertyName("partitionkey")]
    public string? PartitionKey { get; init; }

    /// <summary>Ties events of one business case together.</summary>
    [JsonPropertyName("correlationid")]
    public string? CorrelationId { get; init; }

    /// <summary>W3C trace context.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    /// <summary>The effect it tells of.</summary>
    [JsonPropertyName("effectid")]
    public string? EffectId { get; init; }

    /// <summary>The identity it concerns.</summary>
    [JsonPropertyName("squidid")]
    public string? SquidId { get; init; }

    /// <summary>The id of the event that this one takes back.</summary>
    public string? Retracts { get; init; }

    /// <summary>The data when it is JSON or text.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The data when it is bytes, base64.</summary>
    [JsonPropertyName("data_base64")]
    public string? DataBase64 { get; init; }

    /// <summary>Further extension attributes.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extensions { get; set; }
}
