using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Ipld;

/// <summary>RFC 4648's way for an alphabet of 2^bits characters: bits in order, the last digit filled with zeros, "=" up to a multiple of <paramref name="padTo"/>.</summary>
internal sealed class BitBase(string alphabet, int bits, int padTo = 1, bool anyCase = false) : BaseEncoding
{
    private readonly sbyte[] _values = Values(alphabet, anyCase);

    public override string Encode(ReadOnlySpan<byte> bytes)
    {
        var digits = checked((bytes.Length * 8) + bits - 1) / bits;
        var text = new char[PaddedLength(digits)];
        text.AsSpan(digits).Fill('=');
        var (buffer, pending, written) = (0u, 0, 0);
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (pending += 8; pending >= bits; pending -= bits)
            {
                text[written++] = Digit(buffer >> (pending - bits));
            }
        }

        if (pending > 0)
        {
            text[written] = Digit(buffer << (bits - pending));
        }

        return new string(text);
    }

    public override bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var digits = padTo > 1 ? text.TrimEnd('=') : text;
        var spareBits = (int)((long)digits.Length * bits % 8);

        // A digit none of whose bits lands in a byte is never written.
        if (text.Length != PaddedLength(digits.Length) || spareBits >= bits)
        {
            return false;
        }

        var decoded = new byte[(long)digits.Length * bits / 8];
        var (buffer, pending, written) = (0u, 0, 0);
        foreach (var character in digits)
        {
            var value = ValueOf(character, _values);
            if (value < 0)
            {
                return false;
            }

            buffer = (buffer << bits) | (uint)value;
            pending += bits;
            if (pending >= 8)
            {
                pending -= 8;
                decoded[written++] = (byte)(buffer >> pending);
            }
        }

        if ((buffer & ((1u << pending) - 1)) != 0)
        {
            return false;
        }

        bytes = decoded;
        return true;
    }

    private char Digit(uint buffer) => alphabet[(int)(buffer & ((1u << bits) - 1))];

    private int PaddedLength(int digits) => (digits + padTo - 1) / padTo * padTo;
}
