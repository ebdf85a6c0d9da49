using Qrossing.Formats.Transparency;

namespace Qrossing.Tests.Formats.Transparency;

[Trait("Kind", "unit")]
public sealed class TileTests
{
    public static TheoryData<string, int?, long, int> Paths => new()
    {
        { "tile/0/000", 0, 0, 256 },
        { "tile/3/x001/x234/067", 3, 1_234_067, 256 },
        { "tile/63/999.p/1", 63, 999, 1 },
        { "tile/1/x001/000.p/255", 1, 1_000, 255 },
        { "tile/entries/x009/x223/x372/x036/x854/x775/807", null, long.MaxValue, 256 },
        { "tile/entries/273.p/112", null, 273, 112 },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void Path_is_written_and_read(string text, int? level, long index, int width)
    {
        var path = level is { } number ? TilePath.Hashes(number, index, width) : TilePath.Bundle(index, width);
        Assert.Equal(text, path.ToString());
        Assert.True(TilePath.TryParse(text, out var parsed));
        Assert.Equal(path, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/64/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/001")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/x001/x002")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/data/000")]
    [InlineData("tile/entries/../000")]
    [InlineData("tile/entries/x009/x223/x372/x036/x854/x775/808")]
    public void Any_other_path_is_refused(string text) => Assert.False(TilePath.TryParse(text, out _));

    [Fact]
    public void Bundle_of_entries_is_written_and_read()
    {
        ReadOnlyMemory<byte>[] entries = [new byte[] { 1, 2 }, Array.Empty<byte>(), new byte[EntryBundle.MaxEntryLength]];
        var bundle = EntryBundle.Encode(entries);
        Assert.Equal("000201020000FFFF", Convert.ToHexString(bundle.AsSpan(0, 8)));
        Assert.True(EntryBundle.TryDecode(bundle, out var read));
        Assert.Equal(entries.Select(entry => entry.ToArray()), read.Select(entry => entry.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0001")]
    [InlineData("0001FF00")]
    public void Bundles_cut_off_are_refused(string hex) => Assert.False(EntryBundle.TryDecode(Convert.FromHexString(hex), out _));

    [Fact]
    public void Bundles_of_no_or_too_many_or_too_long_entries_are_refused()
    {
        Assert.False(EntryBundle.TryDecode(new byte[2 * 257], out _));
        Assert.True(EntryBundle.TryDecode(new byte[2 * 256], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryBundle.Encode([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryBundle.Encode([new byte[EntryBundle.MaxEntryLength + 1]]));
    }
}
