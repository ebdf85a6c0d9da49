using System.Buffers;

namespace Qrossing.Formats.Ipld;

/// <summary>Writes CARv1: the header once, then blocks.</summary>
public static class CarWriter
{
    /// <summary>Writes the header that names the roots.</summary>
    public static void WriteHeader(IReadOnlyCollection<Cid> roots, IBufferWriter<byte> output)
    {
        var header = new ArrayBufferWriter<byte>();
        CarHeader.Write(roots, header);
        Varint.Write((ulong)header.WrittenCount, output);
        output.Write(header.WrittenSpan);
    }

    /// <summary>Writes a block; that its bytes have the CID's digest is the caller's promise.</summary>
    public static void WriteBlock(Cid id, ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        var cid = id.ToBytes();
        Varint.Write((ulong)cid.Length + (ulong)bytes.Length, output);
        output.Write(cid);
        output.Write(bytes);
    }
}
