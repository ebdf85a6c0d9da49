using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Qrossing.Formats.Json;

namespace Qrossing.Core.Effects;

/// <summary>
/// A peer's HTTP reply as the result of an effect: <c>{status, contentType?, body? | bodyBase64?}</c>. JSON is kept as it came, without the
/// whitespace around it, so that it can be given out again unchanged; everything else is base64.
/// </summary>
/// <param name="Status">HTTP status of the peer.</param>
/// <param name="ContentType">Its media type; null without one.</param>
/// <param name="Body">Its body; empty without one.</param>
public sealed record RelayedReply(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The result's JSON.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(Body.Length + 128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMembers(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the members into an open object.</summary>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteNumber("status", Status);
        if (ContentType is not null)
        {
            json.WriteString("contentType", ContentType);
        }

        if (Body.IsEmpty)
        {
            return;
        }

        if (StrictJson.TryParse(Body, out var document, out _))
        {
            document.Dispose();
            json.WritePropertyName("body");
            json.WriteRawValue(Body.Span, skipInputValidation: true); // just checked
        }
        else
        {
            json.WriteBase64String("bodyBase64", Body.Span);
        }
    }

    /// <summary>Reads a result that <see cref="ToJson"/> made.</summary>
    public static RelayedReply FromJson(ReadOnlyMemory<byte> result)
    {
        using var document = JsonDocument.Parse(result);
        var root = document.RootElement;
        var body = root.TryGetProperty("body", out var json) ? JsonMarshal.GetRawUtf8Value(json).ToArray()
            : root.TryGetProperty("bodyBase64", out var encoded) ? encoded.GetBytesFromBase64()
            : [];
        return new RelayedReply(
            root.GetProperty("status").GetInt32(),
            root.TryGetProperty("contentType", out var type) ? type.GetString() : null,
            body);
    }
}
