using System.Buffers;

namespace Qrossing.Formats.Ipld;

/// <summary>Unsigned varint of the multiformats: little-endian groups of 7 bits, at most 9 bytes (63 bits), shortest form only.</summary>
public static class Varint
{
    /// <summary>Longest encoding, in bytes.</summary>
    public const int MaxLength = 9;

    /// <summary>Largest value, 2^63 - 1.</summary>
    public const ulong MaxValue = long.MaxValue;

    /// <summary>Reads the varint the bytes start with.</summary>
    /// <returns><see cref="OperationStatus.NeedMoreData"/> when it goes on behind the bytes; <see cref="OperationStatus.InvalidData"/> when it is too long or not the shortest form.</returns>
    public static OperationStatus Read(ReadOnlySpan<byte> bytes, out ulong value, out int length)
    {
        value = 0;
        for (length = 0; length < MaxLength; length++)
        {
            if (length == bytes.Length)
            {
                return OperationStatus.NeedMoreData;
            }

            var unit = bytes[length];
            value |= (ulong)(unit & 0x7F) << (7 * length);
            if (unit < 0x80)
            {
                var shortest = unit != 0 || length == 0;
                length++;
                return shortest ? OperationStatus.Done : OperationStatus.InvalidData;
            }
        }

        return OperationStatus.InvalidData;
    }

    /// <summary>Reads the varint the bytes start with and moves behind it; false when there is none that is whole and canonical.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        if (Read(bytes, out value, out var length) != OperationStatus.Done)
        {
            return false;
        }

        bytes = bytes[length..];
        return true;
    }

    /// <summary>Bytes the value needs, 1 to 9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Over <see cref="MaxValue"/>.</exception>
    public static int LengthOf(ulong value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxValue);
        var length = 1;
        for (; value >= 0x80; value >>= 7)
        {
            length++;
        }

        return length;
    }

    /// <summary>Writes the value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Over <see cref="MaxValue"/>.</exception>
    public static void Write(ulong value, IBufferWriter<byte> output)
    {
        var length = LengthOf(value);
        var span = output.GetSpan(length);
        for (var i = 0; i < length; i++, value >>= 7)
        {
            span[i] = (byte)(i == length - 1 ? value : value | 0x80);
        }

        output.Advance(length);
    }
}
