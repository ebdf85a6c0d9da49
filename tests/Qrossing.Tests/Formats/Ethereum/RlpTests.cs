using FsCheck.Xunit;
using Qrossing.Formats.Ethereum;

namespace Qrossing.Tests.Formats.Ethereum;

[Trait("Kind", "unit")]
public sealed class RlpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("8100")]
    [InlineData("817F")]
    [InlineData("83010203040506")]
    [InlineData("820102FF")]
    [InlineData("B80101")]
    [InlineData("B800")]
    [InlineData("B90000")]
    [InlineData("B90038")]
    [InlineData("F800")]
    [InlineData("F8020101")]
    [InlineData("C101FF")]
    [InlineData("C2")]
    [InlineData("C180C0")]
    [InlineData("C28100")]
    [InlineData("C382FFFF00")]
    [InlineData("BFFFFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFFFFFFFFFFFF0001020304")]
    [InlineData("BF0F000000000000021111")]
    public void Anything_but_the_canonical_encoding_is_refused(string hex)
    {
        Assert.False(Rlp.TryDecode(Convert.FromHexString(hex), out var item, out var error));
        Assert.Null(item);
        Assert.NotEqual(RlpError.None, error);
    }

    [Theory]
    [InlineData(0UL, "80")]
    [InlineData(1UL, "01")]
    [InlineData(127UL, "7F")]
    [InlineData(128UL, "8180")]
    [InlineData(1000UL, "8203E8")]
    [InlineData(ulong.MaxValue, "88FFFFFFFFFFFFFFFF")]
    public void Integers_have_no_leading_zeros(ulong value, string hex) =>
        Assert.Equal(hex, Convert.ToHexString(Rlp.Encode(RlpItem.Of(value))));

    [Theory]
    [InlineData(0, "80")]
    [InlineData(55, "B7")]
    [InlineData(56, "B838")]
    [InlineData(255, "B8FF")]
    [InlineData(256, "B90100")]
    [InlineData(65536, "BA010000")]
    public void Length_of_a_string_takes_the_shortest_form(int length, string header)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)0xEE);
        var encoded = Rlp.Encode(RlpItem.Of(bytes));
        Assert.Equal(header + Convert.ToHexString(bytes), Convert.ToHexString(encoded));
        Assert.True(Rlp.TryDecode(encoded, out var item, out _));
        Assert.True(item.Bytes.Span.SequenceEqual(bytes));
    }

    [Fact]
    public void Lists_are_nested_and_decoded_again()
    {
        // The set representation of three, Yellow Paper appendix B.
        var three = RlpItem.List(RlpItem.EmptyList, RlpItem.List(RlpItem.EmptyList), RlpItem.List(RlpItem.EmptyList, RlpItem.List(RlpItem.EmptyList)));
        var encoded = Rlp.Encode(three);
        Assert.Equal("C7C0C1C0C3C0C1C0", Convert.ToHexString(encoded));
        Assert.True(Rlp.TryDecode(encoded, out var item, out _));
        Assert.Equal(3, item.Items.Count);
        Assert.Equal(encoded, Rlp.Encode(item));
    }

    [Fact]
    public void Lists_nested_beyond_the_limit_are_refused_without_exhausting_the_stack()
    {
        var item = RlpItem.EmptyList;
        for (var depth = 1; depth < Rlp.MaxDepth; depth++)
        {
            item = RlpItem.List(item);
        }

        Assert.True(Rlp.TryDecode(Rlp.Encode(item), out _, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => RlpItem.List(item));
        Assert.False(Rlp.TryDecode(DeepLists(Rlp.MaxDepth + 1), out _, out var error));
        Assert.Equal(RlpError.TooDeep, error);
        Assert.False(Rlp.TryDecode(DeepLists(1_000_000), out _, out error));
        Assert.Equal(RlpError.TooDeep, error);
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_are_refused_or_encode_to_themselves(byte[] bytes) =>
        Assert.True(!Rlp.TryDecode(bytes, out var item, out _) || Rlp.Encode(item).AsSpan().SequenceEqual(bytes));

    // Written from the inside out.
    private static byte[] DeepLists(int depth)
    {
        var reversed = new List<byte>();
        for (var i = 0; i < depth; i++)
        {
            var length = reversed.Count;
            if (length <= 55)
            {
                reversed.Add((byte)(0xC0 + length));
                continue;
            }

            var octets = 0;
            for (var rest = length; rest > 0; rest >>= 8, octets++)
            {
                reversed.Add((byte)rest);
            }

            reversed.Add((byte)(0xF7 + octets));
        }

        reversed.Reverse();
        return [.. reversed];
    }
}
