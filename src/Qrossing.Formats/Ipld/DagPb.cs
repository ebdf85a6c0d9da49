using System.Buffers;

namespace Qrossing.Formats.Ipld;

/// <summary>Nodes of the DAG-PB specification, in its canonical order: links, then data.</summary>
internal static class DagPb
{
    private const int NodeData = 1;
    private const int NodeLinks = 2;
    private const int LinkHash = 1;
    private const int LinkName = 2;
    private const int LinkTotalSize = 3;

    public static byte[] Encode(IEnumerable<DagPbLink> links, ReadOnlySpan<byte> data)
    {
        var node = new ArrayBufferWriter<byte>();
        var content = new ArrayBufferWriter<byte>();
        foreach (var link in links)
        {
            content.ResetWrittenCount();
            Protobuf.WriteBytes(LinkHash, link.Target.ToBytes(), content);

            // Links of a file have no name, and its field is there all the same.
            Protobuf.WriteBytes(LinkName, [], content);
            Protobuf.WriteVarint(LinkTotalSize, link.TotalSize, content);
            Protobuf.WriteBytes(NodeLinks, content.WrittenSpan, node);
        }

        Protobuf.WriteBytes(NodeData, data, node);
        return node.WrittenSpan.ToArray();
    }
}

/// <summary>A link without name.</summary>
/// <param name="Target">The linked block.</param>
/// <param name="TotalSize">Bytes of the linked block and all blocks below it.</param>
internal sealed record DagPbLink(Cid Target, ulong TotalSize);
