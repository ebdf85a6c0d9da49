using FsCheck.Xunit;
using Qrossing.Gateway.Rest.Storage;

namespace Qrossing.Tests.Gateway;

[Trait("Kind", "unit")]
public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=3-5", 3, 3)]
    [InlineData("bytes=3-", 3, 7)]
    [InlineData("bytes=3-99", 3, 7)]
    [InlineData("bytes=-4", 6, 4)]
    [InlineData("bytes=-99", 0, 10)]
    [InlineData("Bytes=9-9", 9, 1)]
    [InlineData("bytes=3-99999999999999999999999", 3, 7)]
    public void Range_inside_the_content_is_a_part(string header, long offset, long length) =>
        Assert.Equal(new ByteRange(ByteRangeKind.Part, offset, length), ByteRange.Read(header, 10));

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=10-20")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=99999999999999999999999-")]
    public void Range_outside_the_content_is_unsatisfiable(string header) => Assert.Equal(ByteRangeKind.Unsatisfiable, ByteRange.Read(header, 10).Kind);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("items=0-1")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=5-3")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=a-b")]
    public void Range_that_cannot_be_read_asks_for_everything(string? header) => Assert.Equal(new ByteRange(ByteRangeKind.All, 0, 10), ByteRange.Read(header, 10));

    [Fact]
    public void Empty_content_has_no_part() => Assert.Equal(ByteRangeKind.Unsatisfiable, ByteRange.Read("bytes=0-0", 0).Kind);

    [Property]
    public bool Part_lies_inside_the_content(uint from, uint to, ushort size)
    {
        var range = ByteRange.Read($"bytes={from}-{to}", size);
        return range.Kind != ByteRangeKind.Part || (range.Offset >= 0 && range.Length > 0 && range.Offset + range.Length <= size);
    }
}
