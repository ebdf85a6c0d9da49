using System.Globalization;

namespace Qrossing.Formats.Json;

/// <summary>ECMA-262, Number::toString for radix 10, as RFC 8785, section 3.2.2.3 demands.</summary>
internal static class EcmaScriptNumber
{
    // ECMA-262 writes numbers from 1e-6 up to 1e21 without exponent.
    private const int MaxPlainPower = 21;
    private const int MinPlainPower = -5;

    public static string Format(DecimalDigits number)
    {
        var (negative, digits, power) = number;
        var magnitude = power switch
        {
            _ when digits.Length == 0 => "0",
            >= MinPlainPower and <= 0 => "0." + new string('0', (int)-power) + digits,
            > 0 and <= MaxPlainPower when power >= digits.Length => digits.PadRight((int)power, '0'),
            > 0 and <= MaxPlainPower => digits.Insert((int)power, "."),
            _ => Exponential(digits, power - 1),
        };
        return negative ? "-" + magnitude : magnitude;
    }

    private static string Exponential(string digits, long exponent)
    {
        var mantissa = digits.Length == 1 ? digits : digits.Insert(1, ".");
        return mantissa + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
    }
}
