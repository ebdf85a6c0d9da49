using System.Numerics;

namespace Qrossing.Formats.Transparency;

/// <summary>Verifies proofs of Merkle trees. Malformed proofs are false, never an error.</summary>
public static class MerkleProof
{
    /// <summary>Whether <paramref name="path"/> proves that the leaf <paramref name="index"/> of the tree with this size and root has this hash (RFC 9162 section 2.1.3.2).</summary>
    public static bool VerifyInclusion(
        ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || leafHash.Length != Rfc6962.HashLength || !AreHashes(path))
        {
            return false;
        }

        var position = new Position(index, size - 1);
        var hash = leafHash.ToArray();
        foreach (var sibling in path)
        {
            if (position.IsRoot)
            {
                return false;
            }

            hash = position.IsRightOrLast ? Rfc6962.NodeHash(sibling, hash) : Rfc6962.NodeHash(hash, sibling);
            position = position.Parent();
        }

        return position.IsRoot && root.SequenceEqual(hash);
    }

    /// <summary>
    /// Whether <paramref name="path"/> proves that the tree of <paramref name="oldSize"/> and <paramref name="oldRoot"/> is a prefix of that of
    /// <paramref name="size"/> and <paramref name="root"/> (RFC 9162 section 2.1.4.2). The empty tree is a prefix of every tree, by the empty proof.
    /// </summary>
    public static bool VerifyConsistency(
        long oldSize, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> root)
    {
        if (oldSize < 0 || oldSize > size || !AreHashes(path) || oldRoot.Length != Rfc6962.HashLength || root.Length != Rfc6962.HashLength)
        {
            return false;
        }

        if (oldSize == 0)
        {
            return path.Count == 0 && oldRoot.SequenceEqual(Rfc6962.EmptyRoot) && (size > 0 || root.SequenceEqual(oldRoot));
        }

        if (oldSize == size)
        {
            return path.Count == 0 && oldRoot.SequenceEqual(root);
        }

        // An old tree that is complete is a node of the new one; its hash begins the path and is not repeated in the proof.
        List<byte[]> hashes = BitOperations.IsPow2(oldSize) ? [oldRoot.ToArray(), .. path] : [.. path];
        if (hashes.Count == 0)
        {
            return false;
        }

        var position = new Position(oldSize - 1, size - 1).FirstLeftOrRoot();
        var (oldHash, hash) = (hashes[0], hashes[0]);
        foreach (var sibling in hashes.Skip(1))
        {
            if (position.IsRoot)
            {
                return false;
            }

            if (position.IsRightOrLast)
            {
                oldHash = Rfc6962.NodeHash(sibling, oldHash);
                hash = Rfc6962.NodeHash(sibling, hash);
            }
            else
            {
                hash = Rfc6962.NodeHash(hash, sibling);
            }

            position = position.Parent();
        }

        return position.IsRoot && oldRoot.SequenceEqual(oldHash) && root.SequenceEqual(hash);
    }

    private static bool AreHashes(IReadOnlyList<byte[]> path) => path.All(hash => hash.Length == Rfc6962.HashLength);

    /// <summary>A node on the way up ("fn") and the last node of its level ("sn").</summary>
    private readonly record struct Position(long Node, long Last)
    {
        public bool IsRoot => Last == 0;

        /// <summary>Whether the next hash of the path is to the left of this node.</summary>
        public bool IsRightOrLast => IsRight || Node == Last;

        private bool IsRight => (Node & 1) == 1;

        // The last node of a level may have no sibling; it is then its own parent, until it is a right child.
        public Position Parent() => (IsRightOrLast && !IsRight ? FirstRightOrFirst() : this).Up();

        /// <summary>The nearest node upwards that is a left child.</summary>
        public Position FirstLeftOrRoot()
        {
            var position = this;
            while (position.IsRight)
            {
                position = position.Up();
            }

            return position;
        }

        private Position FirstRightOrFirst()
        {
            var position = this;
            while (!position.IsRight && position.Node != 0)
            {
                position = position.Up();
            }

            return position;
        }

        private Position Up() => new(Node >> 1, Last >> 1);
    }
}
