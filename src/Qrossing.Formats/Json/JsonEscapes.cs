using System.Globalization;

namespace Qrossing.Formats.Json;

/// <summary>Escapes inside a JSON string whose grammar is known to be right.</summary>
internal static class JsonEscapes
{
    /// <summary>Whether some <c>\uXXXX</c> is half of a surrogate pair without its other half right beside it (RFC 8259, section 7).</summary>
    public static bool HoldLoneSurrogate(ReadOnlySpan<byte> content)
    {
        while (content.IndexOf((byte)'\\') is var backslash and >= 0)
        {
            content = content[backslash..];
            if (content[1] != (byte)'u')
            {
                content = content[2..];
                continue;
            }

            var unit = Unit(content);
            content = content[6..];
            if (char.IsHighSurrogate(unit) && content.StartsWith("\\u"u8) && char.IsLowSurrogate(Unit(content)))
            {
                content = content[6..];
            }
            else if (char.IsSurrogate(unit))
            {
                return true;
            }
        }

        return false;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
