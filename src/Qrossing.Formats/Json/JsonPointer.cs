using System.Globalization;
using System.Text.Json;

namespace Qrossing.Formats.Json;

/// <summary>JSON Pointer, RFC 6901.</summary>
public static class JsonPointer
{
    /// <summary>Section 3: "~" and "/" are escaped, "~" first.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The member names and indexes of a pointer, unescaped; null when the text is no pointer. The empty pointer has none.</summary>
    public static string[]? Tokens(string pointer)
    {
        if (pointer.Length == 0)
        {
            return [];
        }

        return pointer[0] == '/' ? [.. pointer[1..].Split('/').Select(Unescape)] : null;
    }

    /// <summary>The value the tokens lead to (section 4); undefined when there is none. Never a value of the wrong kind, never an exception.</summary>
    public static JsonElement Resolve(JsonElement root, params ReadOnlySpan<string> tokens)
    {
        var value = root;
        foreach (var token in tokens)
        {
            value = value.ValueKind switch
            {
                JsonValueKind.Object => value.TryGetProperty(token, out var member) ? member : default,
                JsonValueKind.Array => IndexOf(token) is { } index && index < value.GetArrayLength() ? value[index] : default,
                _ => default,
            };
        }

        return value;
    }

    /// <summary>Section 4: "~1" first, so that "~01" becomes "~1".</summary>
    private static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>Digits without a leading zero.</summary>
    private static int? IndexOf(string token) =>
        token is "0" or [not '0', ..] && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
