using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Core.Events;

/// <summary>Names of CloudEvents 1.0 (cloudevents/spec v1.0.2) and of the extensions this gateway gives a meaning.</summary>
public static class CloudEventNames
{
    /// <summary>The only value of <c>specversion</c>.</summary>
    public const string SpecVersion = "1.0";

    /// <summary>Media type of data that is JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Media type of one event in structured mode.</summary>
    public const string Structured = "application/cloudevents+json";

    /// <summary>Media type of events in batched mode.</summary>
    public const string Batch = "application/cloudevents-batch+json";

    /// <summary>Extension: position in the log. What a caller sends under this name is not kept.</summary>
    public const string Sequence = "sequence";

    /// <summary>Extension: order is kept per key.</summary>
    public const string PartitionKey = "partitionkey";

    /// <summary>Extension: the effect an event of the gateway tells of.</summary>
    public const string EffectId = "effectid";

    /// <summary>Extension: joins events of one undertaking.</summary>
    public const string CorrelationId = "correlationid";

    /// <summary>Extension: W3C traceparent.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>Extension: the id of the event that this one takes back.</summary>
    public const string Retracts = "retracts";

    /// <summary>Extensions as <see cref="LogEvent.Extensions"/> holds them: null when there are none. (A null array would become an empty memory, which is no JSON.)</summary>
    internal static ReadOnlyMemory<byte>? ExtensionBytes(JsonObject extensions) =>
        extensions.Count == 0 ? default(ReadOnlyMemory<byte>?) : JsonSerializer.SerializeToUtf8Bytes(extensions);

    /// <summary>Whether data of this media type is JSON (JSON event format section 3.1: <c>*/json</c> and <c>*/*+json</c>).</summary>
    public static bool IsJson(string? mediaType) =>
        mediaType is not null
        && MediaTypeHeaderValue.TryParse(mediaType, out var parsed)
        && parsed.MediaType is { } type
        && (type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
