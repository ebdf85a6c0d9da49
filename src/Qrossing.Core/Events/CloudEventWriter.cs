using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Qrossing.Core.Events;

/// <summary>Writes events of the log in structured mode (JSON event format 1.0.2).</summary>
public static class CloudEventWriter
{
    // The text is a body of its own and never put into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event as UTF-8 JSON. The same event gives the same bytes.</summary>
    public static byte[] ToBytes(LogEvent logEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            Write(writer, logEvent);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes the event as one object.</summary>
    public static void Write(Utf8JsonWriter writer, LogEvent logEvent)
    {
        writer.WriteStartObject();
        writer.WriteString("specversion", CloudEventNames.SpecVersion);
        writer.WriteString("id", logEvent.Id);
        writer.WriteString("source", logEvent.Source);
        writer.WriteString("type", logEvent.Type);
        WriteOptional(writer, "subject", logEvent.Subject);
        WriteOptional(writer, "time", logEvent.Time is { } time ? UtcTime.Text(time) : null);
        WriteOptional(writer, "datacontenttype", logEvent.DataContentType);
        WriteOptional(writer, "dataschema", logEvent.DataSchema);

        // A string, as the sequence extension defines it: positions may exceed the 32 bits of a CloudEvents Integer.
        writer.WriteString(CloudEventNames.Sequence, logEvent.Position.ToString(CultureInfo.InvariantCulture));
        WriteOptional(writer, CloudEventNames.PartitionKey, logEvent.PartitionKey);
        WriteOptional(writer, CloudEventNames.EffectId, logEvent.EffectId?.Text);
        WriteExtensions(writer, logEvent);
        WriteData(writer, logEvent);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteExtensions(Utf8JsonWriter writer, LogEvent logEvent)
    {
        if (logEvent.Extensions is not { IsEmpty: false } extensions)
        {
            return;
        }

        using var document = JsonDocument.Parse(extensions);
        foreach (var extension in document.RootElement.EnumerateObject())
        {
            // Ours wins over what a caller put under the same name.
            if (extension.Name != CloudEventNames.EffectId || logEvent.EffectId is null)
            {
                extension.WriteTo(writer);
            }
        }
    }

    private static void WriteData(Utf8JsonWriter writer, LogEvent logEvent)
    {
        if (logEvent.Data is not { } data)
        {
            return;
        }

        if (CloudEventNames.IsJson(logEvent.DataContentType))
        {
            writer.WritePropertyName("data");
            writer.WriteRawValue(data.Span, skipInputValidation: true); // checked when it came in
        }
        else
        {
            writer.WriteBase64String("data_base64", data.Span);
        }
    }
}
