using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Qrossing.Formats.Json;

/// <summary>
/// JSON Canonicalization Scheme, RFC 8785. The input is I-JSON (RFC 7493): what <see cref="StrictJson"/> accepts, with
/// numbers in the range of binary64. Nesting is bounded by the parser that made the element.
/// </summary>
public static class Jcs
{
    /// <summary>The canonical form.</summary>
    /// <exception cref="FormatException">Not I-JSON: a number outside binary64, a repeated name, half a surrogate pair.</exception>
    public static byte[] Canonicalize(JsonElement element)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(element, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The canonical form of a JSON text.</summary>
    /// <exception cref="FormatException">Not a text <see cref="StrictJson"/> accepts, or not I-JSON.</exception>
    public static byte[] Canonicalize(ReadOnlyMemory<byte> json)
    {
        if (!StrictJson.TryParse(json, out var document, out var problem))
        {
            throw new FormatException($"{problem.Message} (at '{problem.Pointer}')");
        }

        using (document)
        {
            return Canonicalize(document.RootElement);
        }
    }

    /// <summary>Writes the canonical form. After an exception the output holds an unfinished text.</summary>
    /// <exception cref="FormatException">As <see cref="Canonicalize(JsonElement)"/>.</exception>
    public static void Write(JsonElement element, IBufferWriter<byte> output)
    {
        if (!new JcsWriter(output, exact: false).TryWrite(element, out var pointer))
        {
            throw new FormatException($"The value at '{pointer}' has no canonical form (RFC 8785).");
        }
    }

    /// <summary>The canonical form, or the pointer of the first value that has none.</summary>
    public static bool TryCanonicalize(
        JsonElement element, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out string? pointer) =>
        TryCanonicalize(element, exact: false, out canonical, out pointer);

    /// <summary>
    /// The canonical form, unless binary64 would change a number: an integer must be representable exactly, a fraction
    /// must be the shortest decimal that names its binary64 value (0.1 is, 0.1000000000000000055 is not). Two texts with
    /// different values therefore never have the same form.
    /// </summary>
    /// <param name="element">The value.</param>
    /// <param name="canonical">The canonical form.</param>
    /// <param name="pointer">RFC 6901 pointer of the first value that is refused.</param>
    public static bool TryCanonicalizeExact(
        JsonElement element, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out string? pointer) =>
        TryCanonicalize(element, exact: true, out canonical, out pointer);

    private static bool TryCanonicalize(
        JsonElement element, bool exact, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out string? pointer)
    {
        var output = new ArrayBufferWriter<byte>();
        if (new JcsWriter(output, exact).TryWrite(element, out pointer))
        {
            canonical = output.WrittenSpan.ToArray();
            return true;
        }

        canonical = null;
        return false;
    }
}
