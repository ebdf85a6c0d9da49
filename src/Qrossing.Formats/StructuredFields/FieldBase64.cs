using System.Buffers;

namespace Qrossing.Formats.StructuredFields;

/// <summary>Base64 as byte sequences carry it: RFC 4648, section 4, padding optional, pad bits ignored (RFC 9651, section 4.2.7).</summary>
internal static class FieldBase64
{
    private const int Quantum = 4;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    public static bool TryDecode(ReadOnlySpan<char> base64, out byte[] bytes)
    {
        bytes = [];
        var digits = base64.TrimEnd('=');
        var padding = base64.Length - digits.Length;
        var missing = (Quantum - (digits.Length % Quantum)) % Quantum;
        if (digits.ContainsAnyExcept(Alphabet) || missing == Quantum - 1 || padding > missing)
        {
            return false;
        }

        // Bits beyond the last whole byte are shifted out here, so whatever they are does no harm.
        var decoded = new byte[digits.Length * 6 / 8];
        var (bits, pending, written) = (0, 0, 0);
        foreach (var digit in digits)
        {
            bits = ((bits << 6) | Value(digit)) & 0xFFFF;
            pending += 6;
            if (pending >= 8)
            {
                pending -= 8;
                decoded[written++] = (byte)(bits >> pending);
            }
        }

        bytes = decoded;
        return true;
    }

    private static int Value(char digit) => digit switch
    {
        >= 'A' and <= 'Z' => digit - 'A',
        >= 'a' and <= 'z' => digit - 'a' + 26,
        >= '0' and <= '9' => digit - '0' + 52,
        '+' => 62,
        _ => 63,
    };
}
