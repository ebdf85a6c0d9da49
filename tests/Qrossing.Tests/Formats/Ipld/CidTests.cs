using FsCheck.Xunit;
using Qrossing.Formats.Ipld;

namespace Qrossing.Tests.Formats.Ipld;

[Trait("Kind", "unit")]
public sealed class CidTests
{
    private const string Version0 = "QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR";
    private const string Version1 = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";

    [Theory]
    [InlineData(Version0, 0, CidCodec.DagPb)]
    [InlineData(Version1, 1, CidCodec.DagPb)]
    [InlineData("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", 1, CidCodec.Raw)]
    [InlineData("bafkqaaa", 1, CidCodec.Raw)]
    public void Text_is_read_and_written(string text, int version, ulong codec)
    {
        Assert.True(Cid.TryParse(text, out var cid));
        Assert.Equal((version, codec, text), (cid.Version, cid.Codec, cid.ToString()));
        Assert.True(Cid.TryParse(cid.ToBytes(), out var again));
        Assert.Equal(cid, again);
        Assert.Equal(cid.GetHashCode(), again.GetHashCode());
    }

    [Theory]
    [InlineData(MultibaseEncoding.Base16)]
    [InlineData(MultibaseEncoding.Base36)]
    [InlineData(MultibaseEncoding.Base58Btc)]
    [InlineData(MultibaseEncoding.Base64Url)]
    public void Version_1_is_read_in_any_base(MultibaseEncoding encoding)
    {
        Assert.True(Cid.TryParse(Version1, out var cid));
        Assert.True(Cid.TryParse(cid.ToString(encoding), out var again));
        Assert.Equal(cid, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Qm")]
    [InlineData("z" + Version0)] // version 0 has no multibase prefix
    [InlineData(Version0 + "R")]
    [InlineData("QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMn0")]
    [InlineData(Version1 + "a")]
    [InlineData("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzd")]
    [InlineData("f02701220ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")] // version 2
    [InlineData("f0170")]
    [InlineData("f01551220ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00")] // a byte too many
    public void Text_that_is_no_CID_is_refused(string text) => Assert.False(Cid.TryParse(text, out _));

    [Fact]
    public void Text_longer_than_any_CID_is_refused_unread() => Assert.False(Cid.TryParse("z" + new string('1', 1_000_000), out _));

    [Fact]
    public void Version_0_has_no_other_base()
    {
        Assert.True(Cid.TryParse(Version0, out var cid));
        Assert.Throws<InvalidOperationException>(() => cid.ToString(MultibaseEncoding.Base32));
    }

    [Fact]
    public void Bytes_behind_a_CID_are_refused()
    {
        Assert.False(Cid.TryParse([1, 0, 0, 0, 0], out var cid));
        Assert.Null(cid);
    }

    [Property(MaxTest = 1000)]
    public void Bytes_that_parse_are_what_is_written(byte[] bytes)
    {
        byte[] version1 = [1, 0x55, .. bytes];
        if (Cid.TryParse(version1, out var cid))
        {
            Assert.Equal(version1, cid.ToBytes());
        }

        Assert.Equal(Cid.TryParse(bytes, out cid), cid is not null);
    }
}
