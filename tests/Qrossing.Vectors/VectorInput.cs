using System.Text.Json;

namespace Qrossing.Vectors;

/// <summary>Reads members of a vector's <c>in</c> object; whatever has not the expected shape is refused, never a crash.</summary>
public static class VectorInput
{
    /// <summary>The member, of whatever kind.</summary>
    public static JsonElement Member(JsonElement input, string name) =>
        MemberOrNull(input, name) ?? throw new VectorRefusedException($"'{name}' is missing");

    /// <summary>The member, or null when it is absent or JSON null.</summary>
    public static JsonElement? MemberOrNull(JsonElement input, string name)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            throw new VectorRefusedException("a JSON object is expected");
        }

        return input.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    /// <summary>The member as a string.</summary>
    public static string Text(JsonElement input, string name) =>
        TextOrNull(input, name) ?? throw new VectorRefusedException($"'{name}' is missing");

    /// <summary>The member as a string, or null when it is absent or JSON null.</summary>
    public static string? TextOrNull(JsonElement input, string name) =>
        MemberOrNull(input, name) is { } member ? TextOf(member, name) : null;

    /// <summary>The member as an array of strings.</summary>
    public static IReadOnlyList<string> Texts(JsonElement input, string name)
    {
        var array = Member(input, name);
        return array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray().Select(element => TextOf(element, name))]
            : throw new VectorRefusedException($"'{name}' is not an array");
    }

    /// <summary>The member as an integer of 64 bits.</summary>
    public static long Integer(JsonElement input, string name)
    {
        var member = Member(input, name);
        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var value)
            ? value
            : throw new VectorRefusedException($"'{name}' is not an integer");
    }

    /// <summary>The member as bytes written in hexadecimal, of either case, with or without <c>0x</c>.</summary>
    public static byte[] Hex(JsonElement input, string name)
    {
        var digits = Text(input, name).AsSpan();
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            digits = digits[2..];
        }

        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                throw new VectorRefusedException($"'{name}' is not hexadecimal");
            }
        }

        return digits.Length % 2 == 0
            ? Convert.FromHexString(digits)
            : throw new VectorRefusedException($"'{name}' has an odd number of hexadecimal digits");
    }

    /// <summary>The member as bytes written in base64.</summary>
    public static byte[] Base64(JsonElement input, string name)
    {
        var text = Text(input, name);
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : throw new VectorRefusedException($"'{name}' is not base64");
    }

    private static string TextOf(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw new VectorRefusedException($"'{name}' is not a string");
        }

        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException loneSurrogate)
        {
            // JSON's grammar allows half a surrogate pair in an escape; no text does.
            throw new VectorRefusedException($"'{name}' is not Unicode text", loneSurrogate);
        }
    }
}
