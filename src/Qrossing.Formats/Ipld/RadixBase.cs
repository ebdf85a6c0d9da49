using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Ipld;

/// <summary>The bytes as one big-endian number in the radix of the alphabet; each leading zero byte is one leading zero digit.</summary>
internal sealed class RadixBase(string alphabet, bool anyCase = false) : BaseEncoding
{
    private readonly sbyte[] _values = Values(alphabet, anyCase);

    public override string Encode(ReadOnlySpan<byte> bytes)
    {
        var significant = bytes.TrimStart((byte)0);
        var digits = Convert(significant, fromRadix: 256, toRadix: alphabet.Length);
        var text = new char[bytes.Length - significant.Length + digits.Count];
        Array.Fill(text, alphabet[0]);
        for (var i = 0; i < digits.Count; i++)
        {
            text[^(i + 1)] = alphabet[digits[i]];
        }

        return new string(text);
    }

    public override bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var digits = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var value = ValueOf(text[i], _values);
            if (value < 0)
            {
                return false;
            }

            digits[i] = (byte)value;
        }

        var significant = digits.AsSpan().TrimStart((byte)0);
        var converted = Convert(significant, fromRadix: alphabet.Length, toRadix: 256);
        bytes = new byte[digits.Length - significant.Length + converted.Count];
        for (var i = 0; i < converted.Count; i++)
        {
            bytes[^(i + 1)] = converted[i];
        }

        return true;
    }

    /// <summary>Digits in the new radix, least significant first.</summary>
    private static List<byte> Convert(ReadOnlySpan<byte> digits, int fromRadix, int toRadix)
    {
        var converted = new List<byte>(digits.Length);
        foreach (var digit in digits)
        {
            var carry = (int)digit;
            for (var i = 0; i < converted.Count; i++)
            {
                carry += converted[i] * fromRadix;
                converted[i] = (byte)(carry % toRadix);
                carry /= toRadix;
            }

            for (; carry > 0; carry /= toRadix)
            {
                converted.Add((byte)(carry % toRadix));
            }
        }

        return converted;
    }
}
