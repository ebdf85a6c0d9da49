using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Qrossing.Simulators.Modules;

/// <summary>Reads the members of a request body and notes everything that breaks the contract. JSON <c>null</c> counts as absent, in every module.</summary>
internal sealed class BodyCheck
{
    private readonly JsonElement _body;
    private readonly string _path;
    private readonly List<Violation> _violations;

    public BodyCheck(JsonElement body)
        : this(body, "", [])
    {
    }

    private BodyCheck(JsonElement body, string path, List<Violation> violations)
    {
        (_body, _path, _violations) = (body, path, violations);
        if (body.ValueKind is not JsonValueKind.Object)
        {
            Refuse("", "must be an object", body);
        }
    }

    public List<Violation> Violations => _violations;

    public bool Ok => _violations.Count == 0;

    public bool Has(string name) => Member(name) is not null;

    public string? String(string name, bool required = false, int max = int.MaxValue, Regex? pattern = null, string[]? oneOf = null)
    {
        if (Member(name, required) is not { } member)
        {
            return null;
        }

        if (member.ValueKind is not JsonValueKind.String)
        {
            return Refuse<string>(name, "must be a string", member);
        }

        var text = member.GetString()!;
        return WrongText(text, required, max, pattern, oneOf) is { } message ? Refuse<string>(name, message, member) : text;
    }

    public string[]? Strings(string name, bool required = false, int minItems = 0, int maxItems = int.MaxValue, int maxLength = int.MaxValue, string[]? oneOf = null)
    {
        if (Member(name, required) is not { } member)
        {
            return null;
        }

        if (member.ValueKind is not JsonValueKind.Array || member.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
        {
            return Refuse<string[]>(name, "must be an array of strings", member);
        }

        var items = member.EnumerateArray().Select(item => item.GetString()!).ToArray();
        if (items.Length < minItems || items.Length > maxItems)
        {
            return Refuse<string[]>(name, $"must have {minItems} to {maxItems} items", member);
        }

        return items.Select(item => WrongText(item, required: true, maxLength, null, oneOf)).FirstOrDefault(message => message is not null) is { } wrong
            ? Refuse<string[]>(name, $"each item {wrong}", member)
            : items;
    }

    public JsonElement? Object(string name, bool required = false) => Of(name, required, JsonValueKind.Object, "must be an object");

    public JsonElement? Array(string name, bool required = false) => Of(name, required, JsonValueKind.Array, "must be an array");

    /// <summary>Reads the members of the object <paramref name="name"/>; null when it is absent or no object.</summary>
    public BodyCheck? Inside(string name, bool required = false) =>
        Object(name, required) is { } inner ? new BodyCheck(inner, Join(name), _violations) : null;

    /// <summary>Reads the items of the array <paramref name="name"/>.</summary>
    public IEnumerable<BodyCheck> Each(string name, bool required = false) =>
        Array(name, required) is { } array
            ? array.EnumerateArray().Select((item, index) => new BodyCheck(item, Join($"{name}.{index}"), _violations))
            : [];

    public JsonElement? Any(string name, bool required = false) => Member(name, required);

    public bool? Flag(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } member => RefuseValue<bool>(name, "must be true or false", member),
    };

    public int? Number(string name, int min, int max) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } member when member.TryGetInt32(out var number) && number >= min && number <= max => number,
        { } member => RefuseValue<int>(name, $"must be a whole number from {min} to {max}", member),
    };

    public DateTimeOffset? Instant(string name, bool required = false) => Member(name, required) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } member when TryInstant(member.GetString()!, out var instant) => instant,
        { } member => RefuseValue<DateTimeOffset>(name, "must be an ISO 8601 date or date-time", member),
    };

    /// <summary>Refuses every member that is not listed (<c>additionalProperties: false</c>).</summary>
    public void Only(params string[] known)
    {
        if (_body.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in _body.EnumerateObject().Where(member => !known.Contains(member.Name)))
            {
                Refuse(member.Name, "is not a known member", member.Value);
            }
        }
    }

    public void Refuse(string name, string message, JsonElement? value = null) => _violations.Add(new Violation(Join(name), message, value));

    public static bool TryInstant(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);

    private static string? WrongText(string text, bool required, int max, Regex? pattern, string[]? oneOf) => text switch
    {
        "" when required => "must not be empty",
        _ when text.Length > max => $"must have at most {max} characters",
        _ when pattern?.IsMatch(text) == false => $"must match {pattern}",
        _ when oneOf?.Contains(text) == false => $"must be one of {string.Join(", ", oneOf)}",
        _ => null,
    };

    private JsonElement? Member(string name, bool required = false)
    {
        if (_body.ValueKind is JsonValueKind.Object && _body.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null)
        {
            return member;
        }

        if (required)
        {
            Refuse(name, "is required");
        }

        return null;
    }

    private JsonElement? Of(string name, bool required, JsonValueKind kind, string message) => Member(name, required) switch
    {
        { } member when member.ValueKind != kind => RefuseValue<JsonElement>(name, message, member),
        var member => member,
    };

    private T? Refuse<T>(string name, string message, JsonElement value)
        where T : class
    {
        Refuse(name, message, (JsonElement?)value);
        return null;
    }

    private T? RefuseValue<T>(string name, string message, JsonElement value)
        where T : struct
    {
        Refuse(name, message, (JsonElement?)value);
        return null;
    }

    private string Join(string name) => _path.Length == 0 ? name : name.Length == 0 ? _path : $"{_path}.{name}";
}
