using System.Buffers;
using FsCheck;
using FsCheck.Xunit;
using Qrossing.Formats.Ipld;

namespace Qrossing.Tests.Formats.Ipld;

[Trait("Kind", "unit")]
public sealed class VarintTests
{
    /// <summary>multiformats/unsigned-varint, examples.</summary>
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "8001")]
    [InlineData(255, "ff01")]
    [InlineData(300, "ac02")]
    [InlineData(16384, "808001")]
    [InlineData(long.MaxValue, "ffffffffffffffff7f")]
    public void Value_has_the_published_form(ulong value, string hex)
    {
        var output = new ArrayBufferWriter<byte>();
        Varint.Write(value, output);

        Assert.Equal(hex, Convert.ToHexStringLower(output.WrittenSpan));
        Assert.Equal(OperationStatus.Done, Varint.Read(output.WrittenSpan, out var read, out var length));
        Assert.Equal((value, output.WrittenCount), (read, length));
    }

    [Theory]
    [InlineData("", OperationStatus.NeedMoreData)]
    [InlineData("80", OperationStatus.NeedMoreData)]
    [InlineData("8000", OperationStatus.InvalidData)]
    [InlineData("818000", OperationStatus.InvalidData)]
    [InlineData("ffffffffffffffffff01", OperationStatus.InvalidData)]
    public void Bytes_that_are_no_canonical_varint_are_refused(string hex, OperationStatus status)
    {
        Assert.Equal(status, Varint.Read(Convert.FromHexString(hex), out _, out _));
    }

    [Fact]
    public void Value_over_63_bits_is_not_written() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Varint.LengthOf(Varint.MaxValue + 1));

    [Property]
    public bool Value_reads_back(NonNegativeInt low, NonNegativeInt high)
    {
        var value = ((ulong)high.Get << 32) | (uint)low.Get;
        var output = new ArrayBufferWriter<byte>();
        Varint.Write(value, output);
        return Varint.Read(output.WrittenSpan, out var read, out var length) == OperationStatus.Done
            && (read, length) == (value, Varint.LengthOf(value));
    }
}
