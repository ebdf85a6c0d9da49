namespace Qrossing.Formats.Transparency;

/// <summary>
/// The right edge of a growing Merkle tree: the hashes of the complete subtrees that make it up, one for every bit set in its size.
/// Appending a leaf costs one node hash on average. Not safe for concurrent use.
/// </summary>
public sealed class CompactRange
{
    // The largest subtree first; its count is the number of bits set in Size.
    private readonly Stack<byte[]> _edge = new();

    /// <summary>The edge of the empty tree.</summary>
    public CompactRange()
    {
    }

    private CompactRange(long size, IHashReader hashes)
    {
        Size = size;
        foreach (var subtree in MerkleTree.RootSubtrees(size))
        {
            _edge.Push(hashes.Read(subtree.Level, subtree.Index));
        }
    }

    /// <summary>Receives the hash of a subtree at the moment it becomes complete.</summary>
    public delegate void SubtreeCompleted(Subtree subtree, byte[] hash);

    /// <summary>The number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The edge of a tree of <paramref name="size"/> leaves whose hashes are stored.</summary>
    public static CompactRange Load(long size, IHashReader hashes) => new(size, hashes);

    /// <summary>Appends a leaf and emits every subtree that it completes: the leaf itself (level 0) first, then upwards.</summary>
    public void Append(byte[] leafHash, SubtreeCompleted emit)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(leafHash.Length, Rfc6962.HashLength);
        var subtree = new Subtree(0, Size);
        var hash = leafHash;
        emit(subtree, hash);

        // Every bit set at the end of the old size is a subtree that now has its right sibling.
        for (; (subtree.Index & 1) == 1; emit(subtree, hash))
        {
            hash = Rfc6962.NodeHash(_edge.Pop(), hash);
            subtree = new Subtree(subtree.Level + 1, subtree.Index >> 1);
        }

        _edge.Push(hash);
        Size++;
    }

    /// <summary>The root of the tree.</summary>
    public byte[] Root() => _edge.Count == 0 ? Rfc6962.EmptyRoot : _edge.Aggregate((right, left) => Rfc6962.NodeHash(left, right));
}
