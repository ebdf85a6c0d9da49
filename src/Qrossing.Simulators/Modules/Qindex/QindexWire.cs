using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Simulators.Modules.Qindex;

/// <summary>One version of a key as stored (Qindex OpenAPI 1.0.0). Versions are decimal strings on the wire, a version's <c>operation</c> is create, update or delete.</summary>
internal sealed record QindexVersion
{
    public required string Key { get; init; }

    public required int Version { get; init; }

    public required string Operation { get; init; }

    public required string Cid { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public JsonElement? Value { get; init; }

    public JsonElement? Metadata { get; init; }

    /// <summary>When retention takes the record away: <c>metadata.ttl</c> seconds after the write, 30 days without one.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Qindex answers: bare objects, and errors that are <c>{error, message, timestamp}</c> with a title for a code.</summary>
internal static class QindexWire
{
    public static JsonObject Put(QindexVersion stored) => new()
    {
        ["success"] = true,
        ["key"] = stored.Key,
        ["cid"] = stored.Cid,
        ["version"] = stored.Version.ToString(),
        ["timestamp"] = Time(stored.Timestamp),
    };

    public static JsonObject Get(QindexVersion stored) => new()
    {
        ["key"] = stored.Key,
        ["value"] = EnvelopeWire.Node(stored.Value),
        ["metadata"] = EnvelopeWire.Node(stored.Metadata),
        ["version"] = stored.Version.ToString(),
        ["cid"] = stored.Cid,
        ["timestamp"] = Time(stored.Timestamp),
    };

    public static JsonObject Summary(QindexVersion current, DateTimeOffset createdAt) => new()
    {
        ["key"] = current.Key,
        ["cid"] = current.Cid,
        ["version"] = current.Version.ToString(),
        ["metadata"] = EnvelopeWire.Node(current.Metadata),
        ["createdAt"] = Time(createdAt),
        ["updatedAt"] = Time(current.Timestamp),
    };

    public static JsonObject HistoryEntry(QindexVersion entry) => new()
    {
        ["key"] = entry.Key,
        ["operation"] = entry.Operation,
        ["version"] = entry.Version.ToString(),
        ["cid"] = entry.Cid,
        ["metadata"] = EnvelopeWire.Node(entry.Metadata),
        ["timestamp"] = Time(entry.Timestamp),
    };

    public static JsonObject Deleted(QindexVersion entry) => new() { ["success"] = true, ["key"] = entry.Key, ["timestamp"] = Time(entry.Timestamp) };

    public static JsonObject Error(ModuleError error, DateTimeOffset now)
    {
        var body = new JsonObject { ["error"] = Title(error.Status), ["message"] = error.Message, ["timestamp"] = Time(now) };
        if (error.Violations.Count > 0)
        {
            body["details"] = new JsonArray([.. error.Violations.Select(violation => new JsonObject
            {
                ["field"] = violation.Field,
                ["message"] = violation.Message,
                ["value"] = EnvelopeWire.Node(violation.Value),
            })]);
        }

        return body;
    }

    public static string Time(DateTimeOffset value) => MillisecondTimestampConverter.Format(value);

    private static string Title(int status) => status switch
    {
        400 => "Validation Error",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        413 => "Payload Too Large",
        429 => "Too many requests",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    };
}
