using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Events;

/// <summary>Collects the context attributes of one event and checks them by section 3 of the specification.</summary>
/// <param name="pointer">Where an attribute of this name stands, for errors.</param>
/// <param name="errors">Takes everything that is wrong.</param>
internal sealed partial class CloudEventAttributes(Func<string, string> pointer, List<FieldError> errors)
{
    public const string DataContentType = "datacontenttype";

    /// <summary>The most extensions of one event.</summary>
    private const int MaxExtensions = 64;

    private const int MaxExtensionLength = 4096;

    /// <summary>The attributes that the specification defines, with the most characters we take.</summary>
    private static readonly Dictionary<string, int> Defined = new()
    {
        ["specversion"] = 8,
        ["id"] = 512,
        ["source"] = 2048,
        ["type"] = 255,
        [DataContentType] = 255,
        ["dataschema"] = 2048,
        ["subject"] = 1024,
        ["time"] = 64,
        [CloudEventNames.PartitionKey] = 512,
    };

    private readonly Dictionary<string, string> _texts = [];
    private readonly JsonObject _extensions = [];
    private readonly HashSet<string> _seen = [];

    /// <summary>A defined attribute's text; null when it is absent or was refused.</summary>
    public string? Text(string name) => _texts.GetValueOrDefault(name);

    /// <summary>An attribute as JSON. Null means absent (JSON event format, section 2.2).</summary>
    public void AddJson(string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                _ = Claim(name);
                break;
            case JsonValueKind.String:
                AddText(name, value.GetString()!);
                break;
            case JsonValueKind.True or JsonValueKind.False when !Defined.ContainsKey(name):
                AddExtension(name, JsonValue.Create(value.GetBoolean()));
                break;
            case JsonValueKind.Number when !Defined.ContainsKey(name) && value.TryGetInt32(out var number):
                AddExtension(name, JsonValue.Create(number));
                break;
            default:
                Fail(name, "type", Defined.ContainsKey(name) ? "Must be a string." : "Must be a string, a boolean or a 32-bit integer.");
                break;
        }
    }

    /// <summary>An attribute as text.</summary>
    public void AddText(string name, string value)
    {
        if (!CloudEventText.IsAllowed(value))
        {
            Fail(name, "format", "Has a control character or a code point that is no character.");
        }
        else if (!Defined.TryGetValue(name, out var longest))
        {
            if (value.Length > MaxExtensionLength)
            {
                Fail(name, "range", $"Has more than {MaxExtensionLength} characters.");
            }
            else
            {
                AddExtension(name, JsonValue.Create(value));
            }
        }
        else if (Claim(name))
        {
            if (value.Length == 0)
            {
                Fail(name, "range", "Must not be empty.");
            }
            else if (value.Length > longest)
            {
                Fail(name, "range", $"Has more than {longest} characters.");
            }
            else
            {
                _texts.Add(name, value);
            }
        }
    }

    /// <summary>The event, after the checks that need all attributes; null when any check failed so that it cannot be built.</summary>
    public IncomingEvent? Build(string at, string? contentType, ReadOnlyMemory<byte>? data)
    {
        if (Required("specversion") is { } version && version != CloudEventNames.SpecVersion)
        {
            Fail("specversion", "range", "Must be '1.0'.");
        }

        var (id, source, type) = (Required("id"), Required("source"), Required("type"));
        Check("source", CloudEventText.IsUriReference, "Not a URI reference (RFC 3986 section 4.1).");
        Check("dataschema", CloudEventText.IsAbsoluteUri, "Not an absolute URI (RFC 3986 section 4.3).");
        Check(DataContentType, value => MediaTypeHeaderValue.TryParse(value, out _), "Not a media type (RFC 2046).");
        DateTimeOffset? time = null;
        Check("time", value => CloudEventText.TryReadTime(value, out time), "Not an RFC 3339 timestamp.");
        if (_extensions.Count > MaxExtensions)
        {
            errors.Add(new FieldError(at, "range", $"Has more than {MaxExtensions} extension attributes."));
        }

        return id is null || source is null || type is null ? null : new IncomingEvent
        {
            Pointer = at,
            Id = id,
            Source = source,
            Type = type,
            Subject = Text("subject"),
            Time = time,
            DataContentType = contentType,
            DataSchema = Text("dataschema"),
            PartitionKey = Text(CloudEventNames.PartitionKey),
            Extensions = CloudEventNames.ExtensionBytes(_extensions),
            Data = data,
        };
    }

    private string? Required(string name)
    {
        if (!_seen.Contains(name) || (Text(name) is null && !errors.Exists(error => error.Pointer == pointer(name))))
        {
            Fail(name, "required", "Is required.");
        }

        return Text(name);
    }

    private void Check(string name, Func<string, bool> isValid, string message)
    {
        if (Text(name) is { } value && !isValid(value))
        {
            Fail(name, "format", message);
        }
    }

    private void AddExtension(string name, JsonValue value)
    {
        if (!Name().IsMatch(name) || name == "data")
        {
            Fail(name, "format", "An attribute's name has 1 to 20 lower-case letters and digits.");
        }
        else if (Claim(name) && name != CloudEventNames.Sequence)
        {
            _extensions.Add(name, value);
        }
    }

    // JSON has no repeated members by now; headers may.
    private bool Claim(string name)
    {
        if (_seen.Add(name))
        {
            return true;
        }

        Fail(name, "repeated", "Is given twice.");
        return false;
    }

    private void Fail(string name, string code, string message)
    {
        _seen.Add(name);
        errors.Add(new FieldError(pointer(name), code, message));
    }

    [GeneratedRegex(@"\A[a-z0-9]{1,20}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
