using System.Numerics;

namespace Qrossing.Formats.Signatures;

/// <summary>Ranges of scalars modulo n, the order of secp256k1, as 32 big-endian bytes.</summary>
internal static class Secp256k1Scalar
{
    public const int Length = 32;

    private static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE,
        0xBA, 0xAE, 0xDC, 0xE6, 0xAF, 0x48, 0xA0, 0x3B, 0xBF, 0xD2, 0x5E, 0x8C, 0xD0, 0x36, 0x41, 0x41,
    ];

    private static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x5D, 0x57, 0x6E, 0x73, 0x57, 0xA4, 0x50, 0x1D, 0xDF, 0xE9, 0x2F, 0x46, 0x68, 0x1B, 0x20, 0xA0,
    ];

    /// <summary>Whether the scalar is 32 bytes in 1..n-1.</summary>
    public static bool IsInRange(ReadOnlySpan<byte> scalar) =>
        scalar.Length == Length && scalar.ContainsAnyExcept((byte)0) && scalar.SequenceCompareTo(Order) < 0;

    /// <summary>Whether the scalar, in range, is at most n/2.</summary>
    public static bool IsLow(ReadOnlySpan<byte> scalar) => scalar.SequenceCompareTo(HalfOrder) <= 0;

    /// <summary>Writes the 32 bytes of <paramref name="digest"/> modulo n (bits2octets of RFC 6979 section 2.3.4).</summary>
    public static void Reduce(ReadOnlySpan<byte> digest, Span<byte> reduced)
    {
        digest.CopyTo(reduced);
        if (digest.SequenceCompareTo(Order) >= 0)
        {
            // A digest has 256 bits and n is above 2^255, so one subtraction suffices.
            var value = new BigInteger(digest, isUnsigned: true, isBigEndian: true) - new BigInteger(Order, isUnsigned: true, isBigEndian: true);
            reduced.Clear();
            value.TryWriteBytes(reduced[(Length - value.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
        }
    }
}
