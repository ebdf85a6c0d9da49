using System.Buffers.Binary;

namespace Qrossing.Abstractions.Values;

/// <summary>Reads and writes the text form of typed ids: 128 bits as 26 Crockford base32 characters, lower case.</summary>
public static class IdText
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The number of characters after the prefix.</summary>
    public const int Length = 26;

    /// <summary>Formats 128 bits behind the prefix of <typeparamref name="T"/>.</summary>
    public static T Format<T>(UInt128 bits)
        where T : struct, ITypedId<T> =>
        T.FromText(string.Create(T.Prefix.Length + Length, bits, static (span, value) =>
        {
            T.Prefix.CopyTo(span);
            for (var i = span.Length - 1; i >= T.Prefix.Length; i--)
            {
                span[i] = Alphabet[(int)(value & 31)];
                value >>= 5;
            }
        }));

    /// <summary>An id derived from 16 or more bytes of a hash, for ids that must come out the same after a crash.</summary>
    public static T FromHash<T>(ReadOnlySpan<byte> hash)
        where T : struct, ITypedId<T> =>
        Format<T>(new UInt128(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..])));

    /// <summary>Whether <paramref name="text"/> is an id of type <typeparamref name="T"/>; only the form is looked at.</summary>
    public static bool TryParse<T>(string? text, out T id)
        where T : struct, ITypedId<T>
    {
        id = default;
        if (text is null || text.Length != T.Prefix.Length + Length || !text.StartsWith(T.Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        // 26 characters hold 130 bits: the first may only be 0..7.
        var body = text.AsSpan(T.Prefix.Length);
        if (body[0] > '7' || body.IndexOfAnyExcept(Alphabet) >= 0)
        {
            return false;
        }

        id = T.FromText(text);
        return true;
    }
}
