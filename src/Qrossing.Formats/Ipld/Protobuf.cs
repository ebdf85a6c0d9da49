using System.Buffers;

namespace Qrossing.Formats.Ipld;

/// <summary>The two wire types DAG-PB and UnixFS use.</summary>
internal static class Protobuf
{
    private const int VarintType = 0;
    private const int BytesType = 2;

    public static void WriteVarint(int field, ulong value, IBufferWriter<byte> output)
    {
        Varint.Write((ulong)((field << 3) | VarintType), output);
        Varint.Write(value, output);
    }

    public static void WriteBytes(int field, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        Varint.Write((ulong)((field << 3) | BytesType), output);
        Varint.Write((ulong)value.Length, output);
        output.Write(value);
    }
}
