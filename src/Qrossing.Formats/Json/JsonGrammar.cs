using System.Text.Json;
using System.Text.Unicode;

namespace Qrossing.Formats.Json;

/// <summary>The grammar of RFC 8259, section 2, over UTF-8 without byte order mark (section 8.1), at any depth.</summary>
public static class JsonGrammar
{
    /// <summary>
    /// Whether the bytes are exactly one JSON text. Repeated member names (section 4) and escapes of one half of a
    /// surrogate pair (section 8.2) are grammatical; <see cref="StrictJson"/> refuses them. Uses no stack per level.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        // The reader leaves the content of strings unchecked until it is asked for.
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        var reader = new Utf8JsonReader(utf8, AnyDepth);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>No comments, no trailing commas, no limit of depth: whoever limits depth counts it.</summary>
    internal static JsonReaderOptions AnyDepth => new() { MaxDepth = int.MaxValue };
}
