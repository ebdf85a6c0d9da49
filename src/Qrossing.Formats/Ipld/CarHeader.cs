using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Ipld;

/// <summary>The header of CARv1: the DAG-CBOR map <c>{"roots": [CID, ...], "version": 1}</c>, and no other.</summary>
internal static class CarHeader
{
    private const int MapType = 5;
    private const int ArrayType = 4;
    private const int ByteStringType = 2;
    private const int TagType = 6;
    private const ulong CidTag = 42;

    // "roots" and "version" as text strings; DAG-CBOR orders keys by length, so roots come first.
    private static ReadOnlySpan<byte> RootsKey => "\u0065roots"u8;

    private static ReadOnlySpan<byte> VersionOne => "\u0067version\u0001"u8;

    public static bool TryParse(ReadOnlySpan<byte> cbor, [NotNullWhen(true)] out IReadOnlyList<Cid>? roots)
    {
        roots = null;
        if (!TryTakeHead(ref cbor, MapType, out var entries) || entries != 2
            || !TryTakeExactly(ref cbor, RootsKey)
            || !TryTakeHead(ref cbor, ArrayType, out var count))
        {
            return false;
        }

        var cids = new List<Cid>();
        for (; count > 0; count--)
        {
            if (!TryTakeCid(ref cbor, out var cid))
            {
                return false;
            }

            cids.Add(cid);
        }

        roots = cids;
        return cbor.SequenceEqual(VersionOne);
    }

    public static void Write(IReadOnlyCollection<Cid> roots, IBufferWriter<byte> output)
    {
        WriteHead(MapType, 2, output);
        output.Write(RootsKey);
        WriteHead(ArrayType, (ulong)roots.Count, output);
        foreach (var root in roots)
        {
            var bytes = root.ToBytes();
            WriteHead(TagType, CidTag, output);
            WriteHead(ByteStringType, (ulong)bytes.Length + 1, output);
            output.Write<byte>([0]);
            output.Write(bytes);
        }

        output.Write(VersionOne);
    }

    /// <summary>DAG-CBOR: tag 42 on a byte string of 0x00 and the binary CID.</summary>
    private static bool TryTakeCid(ref ReadOnlySpan<byte> cbor, [NotNullWhen(true)] out Cid? cid)
    {
        cid = null;
        if (!TryTakeHead(ref cbor, TagType, out var tag) || tag != CidTag
            || !TryTakeHead(ref cbor, ByteStringType, out var length) || length > (ulong)cbor.Length
            || cbor[..(int)length] is not [0, .. var bytes])
        {
            return false;
        }

        cbor = cbor[(int)length..];
        return Cid.TryParse(bytes, out cid);
    }

    /// <summary>Type and argument in the shortest form (RFC 8949, section 4.2.1).</summary>
    private static bool TryTakeHead(ref ReadOnlySpan<byte> cbor, int type, out ulong argument)
    {
        argument = 0;
        if (cbor.IsEmpty || cbor[0] >> 5 != type)
        {
            return false;
        }

        var information = cbor[0] & 0x1F;
        var length = information < 24 ? 0 : 1 << (information - 24);
        if (information > 27 || cbor.Length <= length)
        {
            return false;
        }

        argument = (ulong)information;
        if (length > 0)
        {
            argument = 0;
            foreach (var unit in cbor.Slice(1, length))
            {
                argument = (argument << 8) | unit;
            }
        }

        cbor = cbor[(1 + length)..];
        return length == ArgumentLength(argument);
    }

    private static bool TryTakeExactly(ref ReadOnlySpan<byte> cbor, ReadOnlySpan<byte> expected)
    {
        if (!cbor.StartsWith(expected))
        {
            return false;
        }

        cbor = cbor[expected.Length..];
        return true;
    }

    private static void WriteHead(int type, ulong argument, IBufferWriter<byte> output)
    {
        var length = ArgumentLength(argument);
        var information = length == 0 ? (int)argument : 24 + int.Log2(length);
        var head = output.GetSpan(1 + length);
        head[0] = (byte)((type << 5) | information);
        for (var i = 0; i < length; i++)
        {
            head[length - i] = (byte)(argument >> (8 * i));
        }

        output.Advance(1 + length);
    }

    private static int ArgumentLength(ulong argument) => argument switch
    {
        < 24 => 0,
        <= byte.MaxValue => 1,
        <= ushort.MaxValue => 2,
        <= uint.MaxValue => 4,
        _ => 8,
    };
}
