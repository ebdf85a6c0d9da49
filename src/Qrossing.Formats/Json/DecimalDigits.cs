using System.Globalization;
using System.Numerics;

namespace Qrossing.Formats.Json;

/// <summary>
/// A decimal number without choices of notation: sign, significant digits without zeros at either end, and the power of
/// ten by which "0.digits" is multiplied. Zero has no digits, no sign and power 0.
/// </summary>
internal readonly record struct DecimalDigits(bool Negative, string Digits, long Power)
{
    // Exponents are read up to here; beyond, every value is far outside binary64 and only has to stay distinct from it.
    private const long ExponentLimit = 1_000_000_000_000;

    /// <summary>Whether the number has no fraction.</summary>
    public bool IsInteger => Power >= Digits.Length;

    /// <summary>The shortest digits that read back as the value, the closest of them where there are several (ECMA-262, Number::toString).</summary>
    public static DecimalDigits Shortest(double finite) => Parse(finite.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Reads a number of JSON's grammar.</summary>
    public static DecimalDigits Parse(ReadOnlySpan<char> number)
    {
        var negative = number[0] == '-';
        var mantissa = negative ? number[1..] : number;
        var exponent = 0L;
        if (mantissa.IndexOfAny('e', 'E') is var mark and >= 0)
        {
            exponent = Exponent(mantissa[(mark + 1)..]);
            mantissa = mantissa[..mark];
        }

        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var digits = string.Concat(whole, point < 0 ? [] : mantissa[(point + 1)..]).AsSpan();
        var significant = digits.TrimStart('0');
        return significant.IsEmpty
            ? new DecimalDigits(false, "", 0)
            : new DecimalDigits(negative, significant.TrimEnd('0').ToString(), whole.Length - (digits.Length - significant.Length) + exponent);
    }

    /// <summary>Whether this integer equals the binary64 value that was read from it.</summary>
    public bool EqualsInteger(double value)
    {
        // The value is finite, so the integer has at most 309 digits and the power is small.
        var magnitude = Digits.Length == 0
            ? BigInteger.Zero
            : BigInteger.Parse(Digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, (int)(Power - Digits.Length));
        return (Negative ? -magnitude : magnitude) == new BigInteger(value);
    }

    private static long Exponent(ReadOnlySpan<char> text)
    {
        var magnitude = text.TrimStart("+-").TrimStart('0');
        var value = magnitude.IsEmpty ? 0
            : magnitude.Length > 12 ? ExponentLimit
            : long.Parse(magnitude, NumberStyles.None, CultureInfo.InvariantCulture);
        return text[0] == '-' ? -value : value;
    }
}
