using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace Qrossing.Formats.Ipld;

/// <summary>The balanced DAG of the default CID profile over leaves whose digests are known.</summary>
public static class UnixFsLayout
{
    /// <summary>Bytes of every leaf but the last, which has what remains.</summary>
    public const int ChunkSize = 262_144;

    /// <summary>Most links of one node.</summary>
    public const int MaxLinks = 174;

    private const int DigestLength = SHA256.HashSizeInBytes;

    // Data message of the UnixFS specification.
    private const int DataType = 1;
    private const int DataFileSize = 3;
    private const int DataBlockSizes = 4;
    private const ulong FileType = 2;

    /// <summary>Leaves of content of that many bytes; empty content has one.</summary>
    public static long LeafCount(long size) => Math.Max(1, (size + ChunkSize - 1) / ChunkSize);

    /// <summary>The root of content of <paramref name="size"/> bytes whose leaves have these digests.</summary>
    /// <param name="leafDigests">SHA-256 of every leaf in order, 32 bytes each.</param>
    /// <param name="size">Bytes of the content, 0 or more.</param>
    /// <exception cref="ArgumentException">The number of digests does not fit the size.</exception>
    public static Cid RootOf(ReadOnlySpan<byte> leafDigests, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (leafDigests.Length != LeafCount(size) * DigestLength)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Content of {size} bytes has {LeafCount(size)} leaves."), nameof(leafDigests));
        }

        var level = Leaves(leafDigests, size);
        while (level.Count > 1)
        {
            level = [.. level.Chunk(MaxLinks).Select(Parent)];
        }

        return level[0].Id;
    }

    private static List<Node> Leaves(ReadOnlySpan<byte> digests, long size)
    {
        var leaves = new List<Node>(digests.Length / DigestLength);
        for (var rest = size; !digests.IsEmpty; digests = digests[DigestLength..], rest -= ChunkSize)
        {
            var length = (ulong)Math.Min(rest, ChunkSize);
            leaves.Add(new Node(Cid.Create(CidCodec.Raw, Multihash.FromSha256(digests[..DigestLength])), length, length));
        }

        return leaves;
    }

    private static Node Parent(Node[] children)
    {
        var fileSize = children.Aggregate(0UL, (sum, child) => sum + child.FileSize);
        var data = new ArrayBufferWriter<byte>();
        Protobuf.WriteVarint(DataType, FileType, data);
        Protobuf.WriteVarint(DataFileSize, fileSize, data);
        foreach (var child in children)
        {
            Protobuf.WriteVarint(DataBlockSizes, child.FileSize, data);
        }

        var block = DagPb.Encode(children.Select(child => new DagPbLink(child.Id, child.TotalSize)), data.WrittenSpan);
        return new Node(
            Cid.Create(CidCodec.DagPb, Multihash.FromSha256(SHA256.HashData(block))),
            fileSize,
            children.Aggregate((ulong)block.Length, (sum, child) => sum + child.TotalSize));
    }

    /// <summary>A block of the DAG.</summary>
    /// <param name="Id">Its CID.</param>
    /// <param name="FileSize">Bytes of content below it.</param>
    /// <param name="TotalSize">Bytes of the block and all blocks below it.</param>
    private sealed record Node(Cid Id, ulong FileSize, ulong TotalSize);
}
