using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Simulators.Modules;

/// <summary>The members that the envelopes of sQuid, Qonsent and Qerberos share. What differs between them stays in their own Wire file.</summary>
internal static class EnvelopeWire
{
    public static JsonObject Ok(string code, string message, JsonNode? data, DateTimeOffset now)
    {
        var body = new JsonObject { ["status"] = "ok", ["code"] = code, ["message"] = message };
        if (data is not null)
        {
            body["data"] = data;
        }

        body["timestamp"] = MillisecondTimestampConverter.Format(now);
        return body;
    }

    /// <summary>The short form without <c>code</c> and <c>message</c>.</summary>
    public static JsonObject OkWithoutCode(JsonNode data, DateTimeOffset now) => new()
    {
        ["status"] = "ok",
        ["data"] = data,
        ["timestamp"] = MillisecondTimestampConverter.Format(now),
    };

    public static JsonObject Error(ModuleError error, JsonObject? details, DateTimeOffset now)
    {
        var body = new JsonObject { ["status"] = "error", ["code"] = error.Code, ["message"] = error.Message };
        if (details is not null)
        {
            body["details"] = details;
        }

        body["timestamp"] = MillisecondTimestampConverter.Format(now);
        body["retryable"] = error.Retryable;
        return body;
    }

    public static JsonNode? Node(JsonElement? element) => element is { } value ? JsonSerializer.SerializeToNode(value, ModulesJson.Default.JsonElement) : null;
}
