using System.Buffers;
using FsCheck.Xunit;
using Qrossing.Formats.Ipld;

namespace Qrossing.Tests.Formats.Ipld;

[Trait("Kind", "unit")]
public sealed class CarTests
{
    private static readonly Cid Abc = CidOf("abc"u8);
    private static readonly Cid Empty = CidOf([]);

    [Fact]
    public async Task File_that_was_written_is_read_block_by_block()
    {
        var steps = await ReadAsync(TwoBlocks(), pieceLength: 7);

        Assert.Equal([Abc, Empty], Assert.IsType<CarStep.Header>(steps[0]).Roots);
        var first = Assert.IsType<CarStep.Block>(steps[1]);
        Assert.Equal((Abc, "abc"), (first.Id, System.Text.Encoding.UTF8.GetString(first.Bytes.Span)));
        Assert.Equal(0, Assert.IsType<CarStep.Block>(steps[2]).Bytes.Length);
        Assert.IsType<CarStep.End>(steps[3]);
    }

    [Fact]
    public async Task Header_of_many_roots_is_read()
    {
        var output = new ArrayBufferWriter<byte>();
        CarWriter.WriteHeader([.. Enumerable.Repeat(Abc, 300)], output);

        var steps = await ReadAsync(output.WrittenSpan.ToArray(), pieceLength: 4096);

        Assert.Equal(300, Assert.IsType<CarStep.Header>(steps[0]).Roots.Count);
    }

    [Fact]
    public async Task File_is_refused_wherever_a_digest_or_block_is_damaged()
    {
        var car = TwoBlocks();

        // The second block is empty, so the file ends with its digest; what precedes that section is the first digest and block.
        var secondDigest = car.Length - 32;
        var firstDigest = secondDigest - 5 - 3 - 32;
        foreach (var i in Enumerable.Range(firstDigest, 32 + 3).Concat(Enumerable.Range(secondDigest, 32)))
        {
            var damaged = car.ToArray();
            damaged[i] ^= 1;

            Assert.IsType<CarStep.Refused>((await ReadAsync(damaged, pieceLength: 4096))[^1]);
        }
    }

    [Fact]
    public async Task File_that_is_cut_is_refused_but_between_blocks()
    {
        var car = TwoBlocks();
        int[] whole = [HeaderLength(), HeaderLength() + 1 + Abc.ToBytes().Length + 3, car.Length];
        for (var length = 0; length <= car.Length; length++)
        {
            var last = (await ReadAsync(car[..length], pieceLength: 4096))[^1];
            Assert.Equal(whole.Contains(length), last is CarStep.End);
        }
    }

    [Theory]
    [InlineData("00")] // empty header
    [InlineData("0aa16776657273696f6e02")] // CAR version 2
    [InlineData("11a265726f6f7473806776657273696f6e02")] // roots, version 2
    [InlineData("11a26776657273696f6e0165726f6f747380")] // keys out of order
    [InlineData("12a265726f6f747398006776657273696f6e01")] // array length not in the shortest form
    [InlineData("11a365726f6f7473806776657273696f6e01")] // a map of three
    [InlineData("12a265726f6f7473806776657273696f6e0100")] // a byte too many
    [InlineData("8100")] // length not in the shortest form
    [InlineData("ffffffffffffffffff01")]
    [InlineData("ffffff7f")] // header too long
    public async Task Header_that_is_not_one_of_version_1_is_refused(string hex) =>
        Assert.IsType<CarStep.Refused>(Assert.Single(await ReadAsync(Convert.FromHexString(hex), pieceLength: 4096)));

    [Theory]
    [InlineData("00")] // empty section
    [InlineData("0401550001")] // a digest longer than the section
    [InlineData("04015501ff")] // no CID
    [InlineData("ffffff7f")] // section too long
    [InlineData("070199020100aabb")] // a hash function that cannot be computed
    public async Task Section_without_verifiable_block_is_refused(string hex)
    {
        byte[] car = [.. Convert.FromHexString("11a265726f6f7473806776657273696f6e01"), .. Convert.FromHexString(hex)];

        var steps = await ReadAsync(car, pieceLength: 4096);

        Assert.IsType<CarStep.Header>(steps[0]);
        Assert.IsType<CarStep.Refused>(steps[1]);
    }

    [Fact]
    public void Parser_that_refused_says_so_ever_after()
    {
        var parser = new CarParser();
        var wrong = new ReadOnlySequence<byte>([0]);
        var refused = Assert.IsType<CarStep.Refused>(parser.Next(ref wrong, isFinal: false));
        var right = new ReadOnlySequence<byte>(TwoBlocks());

        Assert.Same(refused, parser.Next(ref right, isFinal: true));
    }

    [Property(MaxTest = 1000)]
    public void Bytes_of_any_kind_are_read_or_refused(byte[] bytes, bool afterHeader)
    {
        byte[] car = afterHeader ? [.. TwoBlocks(), .. bytes] : bytes;
        var buffer = new ReadOnlySequence<byte>(car);
        var parser = new CarParser();
        CarStep step;
        do
        {
            step = parser.Next(ref buffer, isFinal: true);
        }
        while (step is CarStep.Header or CarStep.Block);

        Assert.True(step is CarStep.End or CarStep.Refused);
    }

    private static byte[] TwoBlocks()
    {
        var output = new ArrayBufferWriter<byte>();
        CarWriter.WriteHeader([Abc, Empty], output);
        CarWriter.WriteBlock(Abc, "abc"u8, output);
        CarWriter.WriteBlock(Empty, [], output);
        return output.WrittenSpan.ToArray();
    }

    private static int HeaderLength()
    {
        var output = new ArrayBufferWriter<byte>();
        CarWriter.WriteHeader([Abc, Empty], output);
        return output.WrittenCount;
    }

    private static Cid CidOf(ReadOnlySpan<byte> content) =>
        Multihash.TryOf(MultihashFunction.Sha256, content, out var multihash)
            ? Cid.Create(CidCodec.Raw, multihash)
            : throw new InvalidOperationException();

    private static async Task<List<CarStep>> ReadAsync(byte[] car, int pieceLength)
    {
        await using var stream = new BufferedStream(new MemoryStream(car), pieceLength);
        var steps = new List<CarStep>();
        await foreach (var step in CarReader.ReadAsync(stream))
        {
            steps.Add(step);
        }

        return steps;
    }
}
