using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Qrossing.Core.Errors;
using Qrossing.Formats.Json;

namespace Qrossing.Core.Events;

/// <summary>
/// Reads CloudEvents 1.0.2 in the three content modes of the HTTP binding. Strict: everything wrong is reported at once, with pointers.
/// </summary>
public static class CloudEventReader
{
    /// <summary>The most events in one batch.</summary>
    public const int MaxBatch = 500;

    private const string HeaderPrefix = "ce-";

    /// <summary>Reads one event in structured mode (JSON event format, section 3).</summary>
    /// <param name="element">From a strictly parsed body.</param>
    /// <returns>The event; or <c>events.invalid</c> with a pointer for each thing wrong.</returns>
    public static Result<IncomingEvent> ReadStructured(JsonElement element)
    {
        var errors = new List<FieldError>();
        return ReadObject(element, "", errors) is { } read && errors.Count == 0 ? read : Invalid(errors);
    }

    /// <summary>Reads a batch (JSON event format, section 4): an array of 1 to <see cref="MaxBatch"/> events.</summary>
    /// <param name="array">From a strictly parsed body.</param>
    /// <returns>The events in order; or <c>events.invalid</c> with a pointer for each thing wrong in any of them.</returns>
    public static Result<IReadOnlyList<IncomingEvent>> ReadBatch(JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            return Invalid([new FieldError("", "type", "A batch is an array of events.")]);
        }

        if (array.GetArrayLength() is 0 or > MaxBatch)
        {
            return Invalid([new FieldError("", "range", $"A batch has 1 to {MaxBatch} events.")]);
        }

        var errors = new List<FieldError>();
        var events = array.EnumerateArray().Select((element, index) => ReadObject(element, $"/{index}", errors)).ToList();
        return errors.Count == 0 ? events.OfType<IncomingEvent>().ToList() : Invalid(errors);
    }

    /// <summary>
    /// Reads one event in binary mode (HTTP protocol binding, section 3.1): attributes in <c>ce-</c> headers, percent-encoded; the body is the data.
    /// Errors point at the header's name, or at <c>/data</c>.
    /// </summary>
    /// <param name="headers">All headers of the request; a header that came twice stands twice.</param>
    /// <param name="contentType">The request's <c>Content-Type</c>, which is the event's <c>datacontenttype</c>; null without one.</param>
    /// <param name="body">The data; empty for an event without.</param>
    public static Result<IncomingEvent> ReadBinary(
        IEnumerable<KeyValuePair<string, string>> headers, string? contentType, ReadOnlyMemory<byte> body)
    {
        var errors = new List<FieldError>();
        var attributes = new CloudEventAttributes(name => HeaderPrefix + name, errors);
        foreach (var (header, value) in headers)
        {
            if (!header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var name = header[HeaderPrefix.Length..].ToLowerInvariant();
            if (name is CloudEventAttributes.DataContentType)
            {
                errors.Add(new FieldError(HeaderPrefix + name, "unknown", "In binary mode datacontenttype is the Content-Type header."));
            }
            else if (CloudEventHeader.TryDecode(value, out var text))
            {
                attributes.AddText(name, text);
            }
            else
            {
                errors.Add(new FieldError(HeaderPrefix + name, "format", "Not a percent-encoded UTF-8 text."));
            }
        }

        if (contentType is not null)
        {
            attributes.AddText(CloudEventAttributes.DataContentType, contentType);
        }

        ReadOnlyMemory<byte>? data = body.IsEmpty ? null : body;
        if (data is { } bytes && CloudEventNames.IsJson(contentType))
        {
            CheckJson(bytes, "/data", errors);
        }

        return attributes.Build("", contentType, data) is { } read && errors.Count == 0 ? read : Invalid(errors);
    }

    private static IncomingEvent? ReadObject(JsonElement element, string at, List<FieldError> errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError(at, "type", "An event is an object."));
            return null;
        }

        var attributes = new CloudEventAttributes(name => $"{at}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", errors);
        JsonElement? data = null, base64 = null;
        foreach (var member in element.EnumerateObject())
        {
            switch (member.Name)
            {
                case "data":
                    data = member.Value;
                    break;
                case "data_base64":
                    base64 = member.Value;
                    break;
                default:
                    attributes.AddJson(member.Name, member.Value);
                    break;
            }
        }

        var contentType = attributes.Text(CloudEventAttributes.DataContentType);
        if (data is not null && base64 is not null)
        {
            errors.Add(new FieldError($"{at}/data_base64", "conflict", "An event has data or data_base64, not both."));
        }

        var bytes = base64 is { } encoded
            ? ReadBase64(encoded, contentType, $"{at}/data_base64", errors)
            : data is { } value ? ReadData(value, ref contentType, $"{at}/data", errors) : null;
        return attributes.Build(at, contentType, bytes);
    }

    // JSON event format, section 3.1.1: without datacontenttype the data is JSON; with another type than JSON it is a string.
    private static ReadOnlyMemory<byte>? ReadData(JsonElement value, ref string? contentType, string at, List<FieldError> errors)
    {
        contentType ??= CloudEventNames.Json;
        if (CloudEventNames.IsJson(contentType))
        {
            return JsonMarshal.GetRawUtf8Value(value).ToArray();
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return Encoding.UTF8.GetBytes(value.GetString()!);
        }

        errors.Add(new FieldError(at, "type", "Data whose datacontenttype is not JSON is a string here, or bytes in data_base64."));
        return null;
    }

    private static ReadOnlyMemory<byte>? ReadBase64(JsonElement value, string? contentType, string at, List<FieldError> errors)
    {
        if (value.ValueKind != JsonValueKind.String || !value.TryGetBytesFromBase64(out var bytes))
        {
            errors.Add(new FieldError(at, "format", "Not a string of base64 (RFC 4648 section 4)."));
            return null;
        }

        if (CloudEventNames.IsJson(contentType))
        {
            CheckJson(bytes, at, errors);
        }

        return bytes;
    }

    private static void CheckJson(ReadOnlyMemory<byte> bytes, string at, List<FieldError> errors)
    {
        if (StrictJson.TryParse(bytes, out var document, out var problem))
        {
            document.Dispose();
        }
        else
        {
            errors.Add(new FieldError(at, "format", $"The content type says JSON: {problem.Message}"));
        }
    }

    private static Refusal Invalid(List<FieldError> errors) =>
        new(EventErrors.Invalid, "The request is not a valid CloudEvent 1.0.") { Errors = errors };
}
