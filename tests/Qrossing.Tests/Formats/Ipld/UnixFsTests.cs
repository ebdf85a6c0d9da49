using System.Security.Cryptography;
using FsCheck;
using FsCheck.Xunit;
using Qrossing.Formats.Ipld;

namespace Qrossing.Tests.Formats.Ipld;

/// <summary>
/// Roots of content whose byte i is (i * 31 + 7) mod 251. Oracle: npm ipfs-unixfs-importer 17.1.1 with cidVersion 1, rawLeaves,
/// reduceSingleLeafToSelf, fixedSize(262144) and balanced(174), which is `ipfs add --cid-version=1 --raw-leaves`.
/// </summary>
[Trait("Kind", "unit")]
public sealed class UnixFsTests
{
    private const int Chunk = UnixFsLayout.ChunkSize;
    private const int Period = 251;

    [Theory]
    [InlineData(0, "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "bafkreigkgwdvr5wspzwpiutssn4xpj2i7wedshnwphhnu7ohx4pqaxxipe", "ca358758f6d27e6cf45272937977a748fd88391db679ceda7dc7bf1f005ee879")]
    [InlineData(Chunk - 1, "bafkreiaakdbr3mk3i2fyatdvfsyktszyq74pjcglkrozlwyc4xyjg4bowi", "0050c31db15b468b804c752cb0a9cb3887f8f488cb545d95db02e5f093702eb2")]
    [InlineData(Chunk, "bafkreieiuj5mzeuqor24l4lmo2yumm6665yv4gq7ozzp2nrfmqrjyboosy", "88a27acc92907475c5f16c76b14633def7715e1a1f7672fd362564229c05ce96")]
    [InlineData(Chunk + 1, "bafybeich6cqd6yabw3cku6edwmz4rvwe275nx2l6ootvc2bpbt5bdvarua", "2bbb57014ffec957f61f6586b44e81ab7c05e144cafb35c6c88cf6bc32c15e97")]
    [InlineData(174 * Chunk, "bafybeiafkae3md3zfgdgpk2ztpkul5dzotu4bgbnvuinadceqrqa2rz7bi", "f546b08b8677dcea9c8bbd529d0d63900ad7cb1190e99c4024ea6028f5089791")]
    [InlineData((174 * Chunk) + 1, "bafybeibo5yjphmmdq6aigqtgrijost25l5lmv5l37von7hrjv7sagnx4sy", "1ce173285f514a7bc8ffeeb20cae6873f2cb0b680f8ea81d903c2eb8ee1da508")]
    [InlineData(175 * Chunk, "bafybeiaqzxz6oil7b66r3sivgbt74iriv7azcuik2tsav22vqbajkldlz4", "b5ff87275f25e2715a90e4dae1a6de679e3a901ee7eac7f866bcb37f9719756a")]
    public void Content_has_the_root_other_implementations_compute(long size, string root, string sha256)
    {
        using var builder = new UnixFsBuilder();
        var block = Content(0, Period * 1000);
        for (var rest = size; rest > 0; rest -= block.Length)
        {
            builder.Append(block.AsSpan(0, (int)Math.Min(rest, block.Length)));
        }

        var file = builder.Finish();

        Assert.Equal((root, size, sha256), (file.Root.ToString(), file.Size, Convert.ToHexStringLower(file.Sha256)));
        Assert.Equal(UnixFsLayout.LeafCount(size) * 32, file.LeafDigests.Length);
        Assert.Equal(file.Root, UnixFsLayout.RootOf(file.LeafDigests, size));
    }

    /// <summary>7.9 GB of content: full to the last leaf of three levels, and one byte more.</summary>
    [Theory]
    [InlineData(174L * 174 * Chunk, "bafybeicl35eh55ixyhp3wjpa3zdsgkkzrfcc24nnvxhvt7rpyq2whesty4")]
    [InlineData((174L * 174 * Chunk) + 1, "bafybeig4a5gawac7esuqk5cht3f4bmz3m4cxfupcxxpep3i2cakjxfl2lm")]
    public void Leaf_digests_alone_give_the_root_of_content_of_many_levels(long size, string root)
    {
        // The content repeats itself, so all its leaves but the last are among as many as its period has bytes.
        var digests = new Dictionary<(long Phase, int Length), byte[]>();
        var leafDigests = new List<byte>();
        for (var start = 0L; start < size; start += Chunk)
        {
            var leaf = (Phase: start % Period, Length: (int)Math.Min(Chunk, size - start));
            if (!digests.TryGetValue(leaf, out var digest))
            {
                digests[leaf] = digest = SHA256.HashData(Content(leaf.Phase, leaf.Length));
            }

            leafDigests.AddRange(digest);
        }

        Assert.Equal(root, UnixFsLayout.RootOf(leafDigests.ToArray(), size).ToString());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(64, 0)]
    [InlineData(31, 1)]
    [InlineData(32, Chunk + 1)]
    [InlineData(64, Chunk)]
    public void Leaf_digests_that_do_not_fit_the_size_are_refused(int digestBytes, long size) =>
        Assert.Throws<ArgumentException>(() => UnixFsLayout.RootOf(new byte[digestBytes], size));

    [Fact]
    public void Builder_that_is_finished_takes_no_more()
    {
        using var builder = new UnixFsBuilder();
        builder.Finish();

        Assert.Throws<InvalidOperationException>(() => builder.Append([1]));
        Assert.Throws<InvalidOperationException>(builder.Finish);
    }

    [Property(MaxTest = 30)]
    public bool Content_has_one_root_however_it_is_cut(PositiveInt[] pieces)
    {
        var content = Content(3, Chunk + 5000);
        using var whole = new UnixFsBuilder();
        whole.Append(content);
        using var cut = new UnixFsBuilder();
        var rest = content.AsSpan();
        foreach (var piece in pieces)
        {
            var length = Math.Min(piece.Get * 7919, rest.Length);
            cut.Append(rest[..length]);
            rest = rest[length..];
        }

        cut.Append(rest);
        return whole.Finish().Root.Equals(cut.Finish().Root);
    }

    private static byte[] Content(long start, int length)
    {
        var content = new byte[length];
        for (var i = 0; i < length; i++)
        {
            content[i] = (byte)((((start + i) * 31) + 7) % Period);
        }

        return content;
    }
}
