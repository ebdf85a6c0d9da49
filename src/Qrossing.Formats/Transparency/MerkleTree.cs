using System.Numerics;

namespace Qrossing.Formats.Transparency;

/// <summary>
/// Roots and proofs of Merkle trees (RFC 6962 section 2.1.1 and 2.1.2) from the hashes of complete subtrees.
/// The lists of subtrees let a caller fetch all that a result needs at once.
/// </summary>
public static class MerkleTree
{
    /// <summary>The root of the first <paramref name="size"/> leaves.</summary>
    public static byte[] Root(long size, IHashReader hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? Rfc6962.EmptyRoot : Hash(new LeafRange(0, size), hashes);
    }

    /// <summary>The audit path of the leaf <paramref name="index"/> in the tree of <paramref name="size"/> leaves, from the leaf upwards.</summary>
    public static IReadOnlyList<byte[]> InclusionProof(long index, long size, IHashReader hashes) =>
        [.. InclusionRanges(index, size).Select(range => Hash(range, hashes))];

    /// <summary>The proof that the tree of <paramref name="oldSize"/> leaves is a prefix of that of <paramref name="size"/>; none for 0 and for equal sizes.</summary>
    public static IReadOnlyList<byte[]> ConsistencyProof(long oldSize, long size, IHashReader hashes) =>
        [.. ConsistencyRanges(oldSize, size).Select(range => Hash(range, hashes))];

    /// <summary>The subtrees that <see cref="Root"/> reads.</summary>
    public static IReadOnlyList<Subtree> RootSubtrees(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return Decompose(new LeafRange(0, size));
    }

    /// <summary>The subtrees that <see cref="InclusionProof"/> reads.</summary>
    public static IReadOnlyList<Subtree> InclusionSubtrees(long index, long size) => [.. InclusionRanges(index, size).SelectMany(Decompose)];

    /// <summary>The subtrees that <see cref="ConsistencyProof"/> reads.</summary>
    public static IReadOnlyList<Subtree> ConsistencySubtrees(long oldSize, long size) => [.. ConsistencyRanges(oldSize, size).SelectMany(Decompose)];

    /// <summary>The largest power of two below <paramref name="count"/>, which is at least 2: where a tree divides.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)count - 1);

    // PATH(m, D[n]): the sibling at every division on the way to the leaf, the last one first.
    private static Stack<LeafRange> InclusionRanges(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var siblings = new Stack<LeafRange>();
        var range = new LeafRange(0, size);
        while (range.Count > 1)
        {
            var middle = range.Start + Split(range.Count);
            var (left, right) = (new LeafRange(range.Start, middle), new LeafRange(middle, range.End));
            siblings.Push(index < middle ? right : left);
            range = index < middle ? left : right;
        }

        return siblings;
    }

    // PROOF(m, D[n]): as the path to the last old leaf, ending at the first range that is all old.
    private static Stack<LeafRange> ConsistencyRanges(long oldSize, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        var ranges = new Stack<LeafRange>();
        if (oldSize == 0)
        {
            return ranges;
        }

        var range = new LeafRange(0, size);
        while (oldSize < range.End)
        {
            var middle = range.Start + Split(range.Count);
            var (left, right) = (new LeafRange(range.Start, middle), new LeafRange(middle, range.End));
            ranges.Push(oldSize <= middle ? right : left);
            range = oldSize <= middle ? left : right;
        }

        // When it is the old tree itself, the verifier has its root already.
        if (range.Start != 0)
        {
            ranges.Push(range);
        }

        return ranges;
    }

    // A division leaves complete subtrees to its left, so a range is a row of them, the largest first.
    private static List<Subtree> Decompose(LeafRange range)
    {
        var subtrees = new List<Subtree>();
        var start = range.Start;
        while (start < range.End)
        {
            var level = BitOperations.Log2((ulong)(range.End - start));
            subtrees.Add(new Subtree(level, start >> level));
            start += 1L << level;
        }

        return subtrees;
    }

    private static byte[] Hash(LeafRange range, IHashReader hashes)
    {
        var subtrees = Decompose(range);
        var hash = hashes.Read(subtrees[^1].Level, subtrees[^1].Index);
        for (var i = subtrees.Count - 2; i >= 0; i--)
        {
            hash = Rfc6962.NodeHash(hashes.Read(subtrees[i].Level, subtrees[i].Index), hash);
        }

        return hash;
    }

    private readonly record struct LeafRange(long Start, long End)
    {
        public long Count => End - Start;
    }
}
