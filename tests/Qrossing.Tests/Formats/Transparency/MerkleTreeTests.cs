using System.Globalization;
using System.Text;
using Qrossing.Formats.Transparency;

namespace Qrossing.Tests.Formats.Transparency;

[Trait("Kind", "unit")]
public sealed class MerkleTreeTests
{
    private const int MaxSize = 300;

    private static readonly byte[][] Leaves =
        [.. Enumerable.Range(0, MaxSize).Select(i => Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)))];

    private static readonly byte[][] Roots = [.. Enumerable.Range(0, MaxSize + 1).Select(size => NaiveTree.Root(Leaves.AsSpan(0, size)))];

    private static readonly HashTable Hashes = Grow(MaxSize, out _);

    [Fact]
    public void Empty_tree_has_the_hash_of_nothing()
    {
        Assert.Equal("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", Convert.ToHexString(Rfc6962.EmptyRoot));
        Assert.Equal(Rfc6962.EmptyRoot, MerkleTree.Root(0, Hashes));
        Assert.Equal(Rfc6962.EmptyRoot, new CompactRange().Root());
    }

    [Fact]
    public void Roots_of_all_sizes_equal_the_recursive_definition()
    {
        for (var size = 0; size <= MaxSize; size++)
        {
            Assert.Equal(Roots[size], MerkleTree.Root(size, Hashes));
            Assert.Equal(Roots[size], CompactRange.Load(size, Hashes).Root());
        }
    }

    [Fact]
    public void Range_emits_every_complete_subtree_once_and_continues_after_loading()
    {
        var emitted = Grow(100, out var range);

        // 100 leaves and 50, 25, 12, 6, 3, 1 complete subtrees above them.
        Assert.Equal(197, emitted.Count);
        var loaded = CompactRange.Load(100, emitted);
        foreach (var leaf in Leaves[100..])
        {
            range.Append(Rfc6962.LeafHash(leaf), (_, _) => { });
            loaded.Append(Rfc6962.LeafHash(leaf), emitted.Add);
            Assert.Equal(range.Root(), loaded.Root());
        }

        Assert.Equal(Roots[MaxSize], loaded.Root());
        Assert.Equal(MaxSize, loaded.Size);
    }

    [Fact]
    public void Inclusion_proofs_of_all_leaves_in_all_sizes_equal_the_definition_and_verify()
    {
        for (var size = 1; size <= MaxSize; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var path = MerkleTree.InclusionProof(index, size, Hashes);
                Assert.True(MerkleProof.VerifyInclusion(Hashes.Read(0, index), index, size, path, Roots[size]));

                // The recursive definition hashes the whole tree anew: a sample suffices.
                if (size % 37 == 0 || size < 20)
                {
                    Assert.Equal(NaiveTree.Path(index, Leaves.AsSpan(0, size)), path);
                }
            }
        }
    }

    [Fact]
    public void Consistency_proofs_of_all_pairs_of_sizes_equal_the_definition_and_verify()
    {
        for (var size = 0; size <= MaxSize; size++)
        {
            for (var oldSize = 0; oldSize <= size; oldSize++)
            {
                var path = MerkleTree.ConsistencyProof(oldSize, size, Hashes);
                Assert.True(MerkleProof.VerifyConsistency(oldSize, size, path, Roots[oldSize], Roots[size]));
                if (oldSize > 0 && (size % 37 == 0 || size < 20))
                {
                    Assert.Equal(NaiveTree.Proof(oldSize, Leaves.AsSpan(0, size)), path);
                }
            }
        }
    }

    [Fact]
    public void Inclusion_proofs_that_are_altered_in_anything_are_refused()
    {
        for (var size = 1; size <= 40; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var leaf = Hashes.Read(0, index);
                var path = MerkleTree.InclusionProof(index, size, Hashes);
                Assert.All(Altered(path), wrong => Assert.False(MerkleProof.VerifyInclusion(leaf, index, size, wrong, Roots[size])));
                Assert.False(MerkleProof.VerifyInclusion(Rfc6962.LeafHash("other"u8), index, size, path, Roots[size]));
                Assert.False(MerkleProof.VerifyInclusion(leaf, index, size, path, Roots[size - 1]));
                for (var other = 0; other < size; other++)
                {
                    Assert.Equal(other == index, MerkleProof.VerifyInclusion(leaf, other, size, path, Roots[size]));
                }
            }
        }
    }

    [Fact]
    public void Consistency_proofs_that_are_altered_in_anything_are_refused()
    {
        for (var size = 1; size <= 40; size++)
        {
            for (var oldSize = 0; oldSize <= size; oldSize++)
            {
                var path = MerkleTree.ConsistencyProof(oldSize, size, Hashes);
                Assert.All(Altered(path), wrong => Assert.False(MerkleProof.VerifyConsistency(oldSize, size, wrong, Roots[oldSize], Roots[size])));
                Assert.False(MerkleProof.VerifyConsistency(oldSize, size, path, Rfc6962.LeafHash("other"u8), Roots[size]));
                Assert.False(oldSize > 0 && MerkleProof.VerifyConsistency(oldSize, size, path, Roots[oldSize], Rfc6962.LeafHash("other"u8)));
                Assert.False(MerkleProof.VerifyConsistency(oldSize + 1, size, path, Roots[oldSize], Roots[size]));
            }
        }
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    [InlineData(0, 0)]
    public void Leaf_outside_the_tree_has_no_proof(long index, long size)
    {
        Assert.False(MerkleProof.VerifyInclusion(Hashes.Read(0, 0), index, size, [], Roots[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionProof(index, size, Hashes));
    }

    [Fact]
    public void Listed_subtrees_are_all_that_a_result_reads()
    {
        for (var size = 1; size <= MaxSize; size += 7)
        {
            AssertReads(MerkleTree.RootSubtrees(size), reader => MerkleTree.Root(size, reader));
            AssertReads(MerkleTree.InclusionSubtrees(size / 2, size), reader => MerkleTree.InclusionProof(size / 2, size, reader));
            AssertReads(MerkleTree.ConsistencySubtrees(size / 2, size), reader => MerkleTree.ConsistencyProof(size / 2, size, reader));
        }
    }

    private static void AssertReads(IReadOnlyList<Subtree> listed, Action<IHashReader> use)
    {
        var fetched = new HashTable();
        foreach (var subtree in listed)
        {
            fetched.Add(subtree, Hashes.Read(subtree.Level, subtree.Index));
        }

        use(fetched);
    }

    private static HashTable Grow(int size, out CompactRange range)
    {
        var hashes = new HashTable();
        range = new CompactRange();
        foreach (var leaf in Leaves[..size])
        {
            range.Append(Rfc6962.LeafHash(leaf), hashes.Add);
        }

        return hashes;
    }

    // One hash changed, left out, doubled, of another length; one more at either end.
    private static IEnumerable<byte[][]> Altered(IReadOnlyList<byte[]> path)
    {
        var extra = Rfc6962.LeafHash("extra"u8);
        yield return [.. path, extra];
        yield return [extra, .. path];
        for (var i = 0; i < path.Count; i++)
        {
            yield return [.. path.Take(i), extra, .. path.Skip(i + 1)];
            yield return [.. path.Take(i), .. path.Skip(i + 1)];
            yield return [.. path.Take(i + 1), .. path.Skip(i)];
            yield return [.. path.Take(i), path[i][..31], .. path.Skip(i + 1)];
        }
    }
}
