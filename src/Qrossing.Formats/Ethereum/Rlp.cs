using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Ethereum;

/// <summary>Recursive Length Prefix (Ethereum Yellow Paper, appendix B).</summary>
public static class Rlp
{
    /// <summary>How deep lists may be nested. The protocol needs 4, its test suites nest to some hundred; the limit only bounds recursion.</summary>
    public const int MaxDepth = 1024;

    private const int LongestShortPayload = 55;
    private const byte StringOffset = 0x80;
    private const byte ListOffset = 0xC0;

    /// <summary>The encoding of an item, which must be shorter than 2 GiB.</summary>
    public static byte[] Encode(RlpItem item)
    {
        var encoded = new byte[EncodedLength(item)];
        Write(item, encoded);
        return encoded;
    }

    /// <summary>Decodes the one item that <paramref name="input"/> is. Only the canonical encoding is accepted; strings of the result are slices of the input.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> input, [NotNullWhen(true)] out RlpItem? item, out RlpError error)
    {
        error = Read(input, depth: 1, out item, out var length);
        if (error == RlpError.None && length < input.Length)
        {
            error = RlpError.TrailingBytes;
        }

        item = error == RlpError.None ? item : null;
        return item is not null;
    }

    internal static long EncodedLength(RlpItem item) =>
        IsOwnEncoding(item) ? 1 : 1 + LengthOfLength(item.PayloadLength) + item.PayloadLength;

    // A byte below 0x80 stands for itself.
    private static bool IsOwnEncoding(RlpItem item) => !item.IsList && item.Bytes.Length == 1 && item.Bytes.Span[0] < StringOffset;

    private static int LengthOfLength(long payloadLength)
    {
        if (payloadLength <= LongestShortPayload)
        {
            return 0;
        }

        var length = 0;
        for (var rest = payloadLength; rest > 0; rest >>= 8)
        {
            length++;
        }

        return length;
    }

    private static Span<byte> Write(RlpItem item, Span<byte> destination)
    {
        if (IsOwnEncoding(item))
        {
            destination[0] = item.Bytes.Span[0];
            return destination[1..];
        }

        var rest = WriteHeader(item.IsList ? ListOffset : StringOffset, item.PayloadLength, destination);
        item.Bytes.Span.CopyTo(rest);
        rest = rest[item.Bytes.Length..];
        foreach (var child in item.Items)
        {
            rest = Write(child, rest);
        }

        return rest;
    }

    private static Span<byte> WriteHeader(byte offset, long payloadLength, Span<byte> destination)
    {
        var lengthOfLength = LengthOfLength(payloadLength);
        if (lengthOfLength == 0)
        {
            destination[0] = (byte)(offset + payloadLength);
            return destination[1..];
        }

        destination[0] = (byte)(offset + LongestShortPayload + lengthOfLength);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, payloadLength);
        length[^lengthOfLength..].CopyTo(destination[1..]);
        return destination[(1 + lengthOfLength)..];
    }

    private static RlpError Read(ReadOnlyMemory<byte> input, int depth, out RlpItem? item, out int length)
    {
        item = null;
        length = 0;
        var error = ReadHeader(input.Span, out var isList, out var headerLength, out var payloadLength);
        if (error != RlpError.None)
        {
            return error;
        }

        length = headerLength + payloadLength;
        var payload = input.Slice(headerLength, payloadLength);
        if (isList)
        {
            return ReadList(payload, depth, out item);
        }

        item = payload.IsEmpty ? RlpItem.Empty : RlpItem.Of(payload);
        return headerLength == 1 && payloadLength == 1 && payload.Span[0] < StringOffset ? RlpError.PrefixedSingleByte : RlpError.None;
    }

    private static RlpError ReadList(ReadOnlyMemory<byte> payload, int depth, out RlpItem? list)
    {
        list = null;
        if (depth > MaxDepth)
        {
            return RlpError.TooDeep;
        }

        var items = new List<RlpItem>();
        while (!payload.IsEmpty)
        {
            var error = Read(payload, depth + 1, out var item, out var length);
            if (error != RlpError.None)
            {
                return error;
            }

            items.Add(item!);
            payload = payload[length..];
        }

        list = items.Count == 0 ? RlpItem.EmptyList : RlpItem.List(items);
        return RlpError.None;
    }

    private static RlpError ReadHeader(ReadOnlySpan<byte> input, out bool isList, out int headerLength, out int payloadLength)
    {
        isList = false;
        headerLength = 0;
        payloadLength = 1;
        if (input.IsEmpty)
        {
            return RlpError.Truncated;
        }

        var first = input[0];
        if (first < StringOffset)
        {
            return RlpError.None;
        }

        isList = first >= ListOffset;
        headerLength = 1;
        payloadLength = first - (isList ? ListOffset : StringOffset);
        if (payloadLength > LongestShortPayload)
        {
            var lengthOfLength = payloadLength - LongestShortPayload;
            headerLength += lengthOfLength;
            var error = ReadLength(input[1..], lengthOfLength, out payloadLength);
            if (error != RlpError.None)
            {
                return error;
            }
        }

        return payloadLength > input.Length - headerLength ? RlpError.Truncated : RlpError.None;
    }

    private static RlpError ReadLength(ReadOnlySpan<byte> input, int lengthOfLength, out int length)
    {
        length = 0;
        if (input.Length < lengthOfLength)
        {
            return RlpError.Truncated;
        }

        if (input[0] == 0)
        {
            return RlpError.NonMinimalLength;
        }

        // Up to 2^64 - 1: everything above the input's own length is truncated, whatever it is.
        ulong value = 0;
        foreach (var octet in input[..lengthOfLength])
        {
            value = (value << 8) | octet;
        }

        if (value <= LongestShortPayload)
        {
            return RlpError.NonMinimalLength;
        }

        if (value > (ulong)input.Length)
        {
            return RlpError.Truncated;
        }

        length = (int)value;
        return RlpError.None;
    }
}
