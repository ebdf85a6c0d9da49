using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Ethereum;

/// <summary>Bytes as Ethereum writes them in JSON ("DATA" of the execution API): <c>0x</c>, then two hexadecimal digits a byte.</summary>
public static class Hex
{
    private const string Prefix = "0x";

    /// <summary>The bytes in lower case with prefix; <c>0x</c> for none.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Prefix + Convert.ToHexStringLower(bytes);

    /// <summary>Decodes bytes of any length. False without prefix, with an odd number of digits, or with any other character.</summary>
    public static bool TryDecode(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null || text.Length % 2 != 0 || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var digits = text.AsSpan(Prefix.Length);
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        bytes = Convert.FromHexString(digits);
        return true;
    }

    /// <summary>As <see cref="TryDecode(string?, out byte[])"/>, and exactly <paramref name="length"/> bytes.</summary>
    public static bool TryDecode(string? text, int length, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        return text?.Length == Prefix.Length + (2 * length) && TryDecode(text, out bytes);
    }
}
