namespace Qrossing.Formats.Signatures;

/// <summary>The DER form of an ECDSA signature over a 256-bit curve, read as strictly as BIP-66 asks.</summary>
internal static class DerSignature
{
    private const byte SequenceTag = 0x30;
    private const byte IntegerTag = 0x02;
    private const int ScalarLength = 32;

    /// <summary>Reads <c>SEQUENCE { INTEGER r, INTEGER s }</c> into <c>r || s</c>. False for any other byte, length form, sign, padding or width.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, Span<byte> rs64)
    {
        // Two integers of at most 33 bytes always fit the short form of lengths, so the long form is never the shortest.
        if (der.Length < 2 || der[0] != SequenceTag || der[1] > 0x7F || der[1] != der.Length - 2)
        {
            return false;
        }

        var rest = der[2..];
        return TryReadInteger(ref rest, rs64[..ScalarLength])
            && TryReadInteger(ref rest, rs64[ScalarLength..])
            && rest.IsEmpty;
    }

    private static bool TryReadInteger(ref ReadOnlySpan<byte> rest, Span<byte> scalar)
    {
        if (rest.Length < 2 || rest[0] != IntegerTag || rest[1] is 0 or > ScalarLength + 1 || rest[1] > rest.Length - 2)
        {
            return false;
        }

        var value = rest.Slice(2, rest[1]);
        rest = rest[(2 + value.Length)..];
        if ((value[0] & 0x80) != 0)
        {
            return false;
        }

        if (value[0] == 0 && value.Length > 1)
        {
            if ((value[1] & 0x80) == 0)
            {
                return false;
            }

            value = value[1..];
        }

        if (value.Length > ScalarLength)
        {
            return false;
        }

        scalar.Clear();
        value.CopyTo(scalar[(ScalarLength - value.Length)..]);
        return true;
    }
}
