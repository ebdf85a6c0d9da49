using FsCheck.Xunit;
using Qrossing.Formats.Ipld;

namespace Qrossing.Tests.Formats.Ipld;

[Trait("Kind", "unit")]
public sealed class MultihashTests
{
    /// <summary>Of "abc": FIPS 180-4 and 202 examples, RFC 7693 appendices A and B, and for keccak Ethereum's function.</summary>
    [Theory]
    [InlineData("identity", "0003616263")]
    [InlineData("sha1", "1114a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("sha2-256", "1220ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("dbl-sha2-256", "56204f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358")]
    [InlineData("sha3-256", "16203a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532")]
    [InlineData("keccak-256", "1b204e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("blake2b-512", "c0e40240ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923")]
    [InlineData("blake2s-256", "e0e40220508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982")]
    public void Content_has_the_published_multihash(string name, string hex)
    {
        Assert.True(MultihashFunction.TryFind(name, out var function));
        Assert.True(Multihash.TryOf(function, "abc"u8, out var multihash));
        Assert.Equal(hex, Convert.ToHexStringLower(multihash.ToBytes()));
    }

    [Fact]
    public void Every_function_writes_digests_of_its_length_and_verifies_them()
    {
        foreach (var function in MultihashFunction.All)
        {
            Assert.True(Multihash.TryOf(function, "abc"u8, out var multihash));
            Assert.Equal(function.Length ?? 3, multihash.Digest.Length);
            Assert.True(Multihash.TryParse(multihash.ToBytes(), out var parsed));
            Assert.Equal(multihash, parsed);
            Assert.True(parsed.Verify("abc"u8));
            Assert.False(parsed.Verify("abd"u8));
        }

        Assert.Equal(MultihashFunction.All.Count, MultihashFunction.All.Select(function => function.Code).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("1220ba78")] // cut
    [InlineData("9200200000")] // code not in the shortest form
    [InlineData("008101")] // longer than any digest
    [InlineData("000100ff")] // more than the digest
    public void Bytes_that_are_no_multihash_are_refused(string hex) =>
        Assert.False(Multihash.TryParse(Convert.FromHexString(hex), out _));

    [Theory]
    [InlineData("120aba7816bf8f01cfea4141")] // first 10 bytes of the right digest
    [InlineData("99020100")] // a function that is not in the list
    public void Digest_that_proves_nothing_verifies_nothing(string hex)
    {
        Assert.True(Multihash.TryParse(Convert.FromHexString(hex), out var multihash));
        Assert.False(multihash.Verify("abc"u8));
    }

    [Fact]
    public void Content_too_long_to_be_its_own_digest_has_no_identity_multihash() =>
        Assert.False(Multihash.TryOf(MultihashFunction.Identity, new byte[129], out _));

    [Property(MaxTest = 1000)]
    public void Bytes_that_parse_are_what_is_written(byte[] bytes)
    {
        if (Multihash.TryParse(bytes, out var multihash))
        {
            Assert.Equal(bytes, multihash.ToBytes());
        }
    }
}
