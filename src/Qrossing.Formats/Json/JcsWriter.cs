using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Qrossing.Formats.Json;

/// <summary>Writes RFC 8785, section 3.2, and keeps the pointer of the value it cannot write.</summary>
internal sealed class JcsWriter(IBufferWriter<byte> output, bool exact)
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (char)control), '"', '\\']);

    // From the refused value outwards; empty while nothing is refused.
    private readonly List<string> _refusedPath = [];

    public bool TryWrite(JsonElement element, [NotNullWhen(false)] out string? pointer)
    {
        var written = Value(element);
        pointer = written ? null : string.Concat(Enumerable.Reverse(_refusedPath));
        return written;
    }

    private bool Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Object(element),
        JsonValueKind.Array => Array(element),
        JsonValueKind.String => TextOrNull(element) is { } text && String(text),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => Raw("true"u8),
        JsonValueKind.False => Raw("false"u8),
        JsonValueKind.Null => Raw("null"u8),
        _ => throw new ArgumentException("The element belongs to no document.", nameof(element)),
    };

    /// <summary>Section 3.2.3: members ordered by the UTF-16 code units of their names.</summary>
    private bool Object(JsonElement element)
    {
        var members = new List<KeyValuePair<string, JsonElement>>();
        foreach (var property in element.EnumerateObject())
        {
            if (NameOrNull(property) is not { } name)
            {
                return false;
            }

            members.Add(new(name, property.Value));
        }

        members.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        Raw("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            var (name, value) = members[i];
            if (i > 0)
            {
                if (name == members[i - 1].Key)
                {
                    return Refuse(name);
                }

                Raw(","u8);
            }

            String(name);
            Raw(":"u8);
            if (!Value(value))
            {
                return Refuse(name);
            }
        }

        return Raw("}"u8);
    }

    private bool Array(JsonElement element)
    {
        Raw("["u8);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (index > 0)
            {
                Raw(","u8);
            }

            if (!Value(item))
            {
                _refusedPath.Add($"/{index}");
                return false;
            }

            index++;
        }

        return Raw("]"u8);
    }

    private bool Number(JsonElement element)
    {
        if (!element.TryGetDouble(out var value) || !double.IsFinite(value))
        {
            return false;
        }

        var shortest = DecimalDigits.Shortest(value);
        return (!exact || IsExact(DecimalDigits.Parse(element.GetRawText()), shortest, value))
            && Raw(Encoding.ASCII.GetBytes(EcmaScriptNumber.Format(shortest)));
    }

    private static bool IsExact(DecimalDigits literal, DecimalDigits shortest, double value) =>
        literal.IsInteger ? literal.EqualsInteger(value) : literal == shortest;

    /// <summary>Section 3.2.2.2: the short escapes, <c>\u00xx</c> in lower case for other controls, nothing else.</summary>
    private bool String(ReadOnlySpan<char> text)
    {
        Raw("\""u8);
        while (text.IndexOfAny(Escaped) is var next and >= 0)
        {
            Encoding.UTF8.GetBytes(text[..next], output);
            Escape(text[next]);
            text = text[(next + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
        return Raw("\""u8);
    }

    private void Escape(char unit) => Raw(unit switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\t' => "\\t"u8,
        '\n' => "\\n"u8,
        '\f' => "\\f"u8,
        '\r' => "\\r"u8,
        _ => [(byte)'\\', (byte)'u', (byte)'0', (byte)'0', HexDigit(unit >> 4), HexDigit(unit & 0xF)],
    });

    private static byte HexDigit(int value) => "0123456789abcdef"u8[value];

    // An escape of half a surrogate pair is an InvalidOperationException to the library, and an error to section 3.2.2.2.
    private static string? TextOrNull(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOrNull(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private bool Refuse(string name)
    {
        _refusedPath.Add("/" + JsonPointer.Escape(name));
        return false;
    }

    private bool Raw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        return true;
    }
}
