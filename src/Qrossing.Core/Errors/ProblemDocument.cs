using System.Buffers;
using System.Text.Json;

namespace Qrossing.Core.Errors;

/// <summary>Writes a refusal as a problem document (RFC 9457 section 3). The one place that knows its members.</summary>
public static class ProblemDocument
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>The document's bytes.</summary>
    /// <param name="refusal">What is refused and why.</param>
    /// <param name="instance">The path of the request, or of the effect.</param>
    /// <param name="traceId">W3C trace id or request id.</param>
    public static byte[] Write(Refusal refusal, string instance, string? traceId)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", $"/problems/{refusal.Error.Code}");
            json.WriteString("title", refusal.Error.Title);
            json.WriteNumber("status", refusal.Error.Status);
            json.WriteString("detail", refusal.Detail);
            json.WriteString("instance", instance);
            json.WriteString("code", refusal.Error.Code);
            if (traceId is not null)
            {
                json.WriteString("traceId", traceId);
            }

            json.WriteBoolean("retryable", refusal.Error.Retryable);
            if (refusal.RetryAfter is { } wait)
            {
                json.WriteNumber("retryAfterMs", (long)Math.Ceiling(wait.TotalMilliseconds));
            }

            if (refusal.Effect is { } effect)
            {
                json.WriteString("effectId", effect.Text);
            }

            if (refusal.EffectOutcome is not null)
            {
                json.WriteString("effectOutcome", refusal.EffectOutcome);
            }

            foreach (var (name, value) in refusal.Extensions)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            WriteErrors(json, refusal.Errors);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyList<FieldError> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("pointer", error.Pointer);
            json.WriteString("code", error.Code);
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
