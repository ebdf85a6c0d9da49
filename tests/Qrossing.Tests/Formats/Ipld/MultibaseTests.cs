using System.Text;
using FsCheck.Xunit;
using Qrossing.Formats.Ipld;

namespace Qrossing.Tests.Formats.Ipld;

[Trait("Kind", "unit")]
public sealed class MultibaseTests
{
    /// <summary>"\0yes mani !" as the npm package multiformats 14.0.5 encodes it.</summary>
    [Theory]
    [InlineData(MultibaseEncoding.Identity, "\0\0yes mani !")]
    [InlineData(MultibaseEncoding.Base2, "00000000001111001011001010111001100100000011011010110000101101110011010010010000000100001")]
    [InlineData(MultibaseEncoding.Base8, "7000745453462015530267151100204")]
    [InlineData(MultibaseEncoding.Base10, "90573277761329450583662625")]
    [InlineData(MultibaseEncoding.Base16, "f00796573206d616e692021")]
    [InlineData(MultibaseEncoding.Base16Upper, "F00796573206D616E692021")]
    [InlineData(MultibaseEncoding.Base32, "bab4wk4zanvqw42jaee")]
    [InlineData(MultibaseEncoding.Base32Upper, "BAB4WK4ZANVQW42JAEE")]
    [InlineData(MultibaseEncoding.Base32Hex, "v01smasp0dlgmsq9044")]
    [InlineData(MultibaseEncoding.Base32HexUpper, "V01SMASP0DLGMSQ9044")]
    [InlineData(MultibaseEncoding.Base32Pad, "cab4wk4zanvqw42jaee======")]
    [InlineData(MultibaseEncoding.Base32PadUpper, "CAB4WK4ZANVQW42JAEE======")]
    [InlineData(MultibaseEncoding.Base32HexPad, "t01smasp0dlgmsq9044======")]
    [InlineData(MultibaseEncoding.Base32HexPadUpper, "T01SMASP0DLGMSQ9044======")]
    [InlineData(MultibaseEncoding.Base32Z, "hybhskh3ypiosh4jyrr")]
    [InlineData(MultibaseEncoding.Base36, "k02lcpzo5yikidynfl")]
    [InlineData(MultibaseEncoding.Base36Upper, "K02LCPZO5YIKIDYNFL")]
    [InlineData(MultibaseEncoding.Base58Btc, "z17paNL19xttacUY")]
    [InlineData(MultibaseEncoding.Base58Flickr, "Z17Pznk19XTTzBtx")]
    [InlineData(MultibaseEncoding.Base64, "mAHllcyBtYW5pICE")]
    [InlineData(MultibaseEncoding.Base64Pad, "MAHllcyBtYW5pICE=")]
    [InlineData(MultibaseEncoding.Base64Url, "uAHllcyBtYW5pICE")]
    [InlineData(MultibaseEncoding.Base64UrlPad, "UAHllcyBtYW5pICE=")]
    [InlineData(MultibaseEncoding.Base256Emoji, "🚀🚀🏃✋🌈😅🌷🤤😻🌟😅👏")]
    public void Text_is_written_and_read_in_every_base(MultibaseEncoding encoding, string text)
    {
        var bytes = "\0yes mani !"u8.ToArray();

        Assert.Equal(text, Multibase.Encode(encoding, bytes));
        Assert.True(Multibase.TryDecode(text, out var named, out var decoded));
        Assert.Equal(encoding, named);
        Assert.Equal(bytes, decoded);
    }

    [Theory]
    [InlineData("f68656c6c6f20776F726C64")]
    [InlineData("Bnbswy3dpeB3W64TMMQ")]
    [InlineData("td1imor3f41RMUSJCCG======")]
    [InlineData("KfUVrSIVVnFRbJWAJo")]
    public void Text_of_either_case_is_read_where_the_base_allows(string text)
    {
        Assert.True(Multibase.TryDecode(text, out var bytes));
        Assert.Equal("hello world", Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xabc")]
    [InlineData("1abc")]
    [InlineData("f0")] // half a byte
    [InlineData("fzz")]
    [InlineData("f 00")]
    [InlineData("01111000")] // seven bits
    [InlineData("7001")] // stray bit
    [InlineData("78")]
    [InlineData("9a")]
    [InlineData("baf")] // stray bits
    [InlineData("ba")] // a digit without a byte
    [InlineData("baa=")] // padding where there is none
    [InlineData("caa=====")] // too little padding
    [InlineData("caa=======")]
    [InlineData("c========")]
    [InlineData("b0189")]
    [InlineData("hYY")] // z-base-32 is lower case
    [InlineData("z0OIl")]
    [InlineData("mAB")] // stray bits
    [InlineData("mAA==")]
    [InlineData("MAA")]
    [InlineData("MAA=A")]
    [InlineData("m-_")]
    [InlineData("u+/")]
    [InlineData("🚀a")]
    public void Text_that_no_encoder_writes_is_refused(string text)
    {
        Assert.False(Multibase.TryDecode(text, out var bytes));
        Assert.Null(bytes);
    }

    [Fact]
    public void Text_with_half_a_surrogate_pair_is_refused()
    {
        // Attributes are stored as UTF-8 and cannot carry these.
        foreach (var text in (string[])["\ud83d", "🚀\ud83d", "\0\ud83d", "z\ud83d"])
        {
            Assert.False(Multibase.TryDecode(text, out _));
        }
    }

    [Property]
    public void Bytes_read_back_in_every_base(byte[] bytes)
    {
        // Not every sequence of bytes is UTF-8, which is what identity writes.
        foreach (var encoding in Enum.GetValues<MultibaseEncoding>().Where(encoding => encoding != MultibaseEncoding.Identity))
        {
            Assert.True(Multibase.TryDecode(Multibase.Encode(encoding, bytes), out var named, out var decoded));
            Assert.Equal(encoding, named);
            Assert.Equal(bytes, decoded);
        }
    }

    [Property(MaxTest = 2000)]
    public void Text_that_decodes_is_what_its_bytes_encode_to(char prefix, string? text)
    {
        var value = prefix + text;
        if (Multibase.TryDecode(value, out var encoding, out var bytes))
        {
            Assert.Equal(value, Multibase.Encode(encoding, bytes), ignoreCase: true);
        }
    }
}
