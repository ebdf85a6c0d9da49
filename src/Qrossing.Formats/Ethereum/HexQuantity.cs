using System.Globalization;
using System.Numerics;

namespace Qrossing.Formats.Ethereum;

/// <summary>Unsigned integers as Ethereum writes them in JSON ("QUANTITY" of the execution API): <c>0x0</c>, or <c>0x</c> and digits without leading zero.</summary>
public static class HexQuantity
{
    private const string Prefix = "0x";

    // No quantity of the protocol is wider than 256 bits.
    private const int MaxDigits = 64;

    /// <summary>The shortest form of a value of at most 256 bits.</summary>
    public static string Format(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.GetBitLength(), 4L * MaxDigits, nameof(value));

        // "x" puts a zero before a leading digit of 8 or more, as the sign of a positive number.
        var digits = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return digits.Length == 0 ? "0x0" : Prefix + digits;
    }

    /// <summary>The shortest form of a value of 64 bits.</summary>
    public static string Format(ulong value) => Prefix + value.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Reads a value of at most 256 bits. False without prefix, with leading zeros, without digits, or with any other character.</summary>
    public static bool TryParse(string? text, out BigInteger value)
    {
        value = default;
        if (text is null || text.Length is <= 2 or > 2 + MaxDigits || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        // The leading zero keeps the number positive.
        return (text[Prefix.Length] != '0' || text.Length == Prefix.Length + 1)
            && BigInteger.TryParse("0" + text[Prefix.Length..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>As <see cref="TryParse(string?, out BigInteger)"/>, for values below 2^64.</summary>
    public static bool TryParse(string? text, out ulong value)
    {
        value = 0;
        if (!TryParse(text, out BigInteger wide) || wide > ulong.MaxValue)
        {
            return false;
        }

        value = (ulong)wide;
        return true;
    }
}
