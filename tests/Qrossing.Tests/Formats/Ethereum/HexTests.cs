using System.Numerics;
using FsCheck.Xunit;
using Qrossing.Formats.Ethereum;

namespace Qrossing.Tests.Formats.Ethereum;

[Trait("Kind", "unit")]
public sealed class HexTests
{
    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0X00")]
    [InlineData("0x0")]
    [InlineData("0xg0")]
    [InlineData("0x 0")]
    [InlineData("0x00 ")]
    [InlineData(null)]
    public void Bytes_of_any_other_form_are_refused(string? text) => Assert.False(Hex.TryDecode(text, out _));

    [Property]
    public void Bytes_are_written_and_read_again(byte[] bytes)
    {
        Assert.True(Hex.TryDecode(Hex.Encode(bytes), out var decoded));
        Assert.Equal(bytes, decoded);
        Assert.True(Hex.TryDecode(Hex.Encode(bytes), bytes.Length, out _));
        Assert.False(Hex.TryDecode(Hex.Encode(bytes), bytes.Length + 1, out _));
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("0x00")]
    [InlineData("0x01")]
    [InlineData("1")]
    [InlineData("0X1")]
    [InlineData("-0x1")]
    [InlineData("0x-1")]
    [InlineData("0x+1")]
    [InlineData("0x1 ")]
    [InlineData("0xg")]
    [InlineData("0x10000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(null)]
    public void Quantities_of_any_other_form_are_refused(string? text) => Assert.False(HexQuantity.TryParse(text, out BigInteger _));

    [Theory]
    [InlineData("0x0", "0")]
    [InlineData("0x41", "65")]
    [InlineData("0x400", "1024")]
    [InlineData("0xf", "15")]
    [InlineData("0x80", "128")]
    [InlineData("0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    public void Quantities_are_read_and_written_in_the_shortest_form(string text, string value)
    {
        Assert.True(HexQuantity.TryParse(text, out BigInteger parsed));
        Assert.Equal(BigInteger.Parse(value), parsed);
        Assert.Equal(text, HexQuantity.Format(parsed));
    }

    [Fact]
    public void Quantities_of_64_bits_end_below_2_to_the_64()
    {
        Assert.True(HexQuantity.TryParse("0xffffffffffffffff", out ulong most));
        Assert.Equal(ulong.MaxValue, most);
        Assert.Equal("0xffffffffffffffff", HexQuantity.Format(most));
        Assert.False(HexQuantity.TryParse("0x10000000000000000", out ulong _));
    }
}
