using System.Numerics;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Abi;

namespace Qrossing.Tests.Formats.Ethereum;

[Trait("Kind", "unit")]
public sealed class AbiTests
{
    private static readonly EthereumAddress Account = new([.. Enumerable.Repeat((byte)0x35, 20)]);

    [Theory]
    [InlineData("uint", "uint256")]
    [InlineData("int8", "int8")]
    [InlineData("bytes32[3][]", "bytes32[3][]")]
    [InlineData("(uint256,address[])", "(uint256,address[])")]
    [InlineData("((int,string)[2],bool)", "((int256,string)[2],bool)")]
    [InlineData("()", "()")]
    public void Type_is_read_and_has_its_canonical_name(string text, string name) => Assert.Equal(name, AbiType.Parse(text).CanonicalName);

    [Theory]
    [InlineData("")]
    [InlineData("uint7")]
    [InlineData("uint264")]
    [InlineData("uint08")]
    [InlineData("bytes0")]
    [InlineData("bytes33")]
    [InlineData("address20")]
    [InlineData("uint[0]")]
    [InlineData("uint[-1]")]
    [InlineData("uint[")]
    [InlineData("(uint")]
    [InlineData("(uint,)")]
    [InlineData("(uint, bool)")]
    [InlineData("()[]")]
    [InlineData("uint)")]
    [InlineData("function")]
    [InlineData("uint[1000000][1000000]")]
    public void Text_that_is_no_type_is_refused(string text) => Assert.False(AbiType.TryParse(text, out _));

    [Fact]
    public void Types_nested_too_deep_are_refused()
    {
        Assert.False(AbiType.TryParse(new string('(', 100_000), out _));
        Assert.False(AbiType.TryParse("bool" + string.Concat(Enumerable.Repeat("[]", 100)), out _));
    }

    // Encoded with ethers 6.17.
    [Fact]
    public void Calls_equal_those_of_ethers_and_decode_again()
    {
        AbiValue[] transfer = [new AbiValue.Address(Account), new AbiValue.Integer(1000)];
        AssertCall("transfer(address,uint256)", transfer, "0xa9059cbb000000000000000000000000353535353535353535353535353535353535353500000000000000000000000000000000000000000000000000000000000003e8");

        AbiValue[] nested =
        [
            new AbiValue.Integer(255),
            new AbiValue.Sequence(
                new AbiValue.Sequence(new AbiValue.Text("héllo"), new AbiValue.Sequence(new AbiValue.Integer(-1), new AbiValue.Integer(2))),
                new AbiValue.Sequence(new AbiValue.Text(""), new AbiValue.Sequence())),
            new AbiValue.Bytes(new byte[] { 1, 2, 3 }),
        ];
        AssertCall("f(uint8,(string,int64[])[2],bytes3)", nested, "0xce02afaa00000000000000000000000000000000000000000000000000000000000000ff000000000000000000000000000000000000000000000000000000000000006001020300000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000040000000000000000000000000000000000000000000000000000000000000012000000000000000000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000080000000000000000000000000000000000000000000000000000000000000000668c3a96c6c6f00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000002ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000000000000000040000000000000000000000000000000000000000000000000000000000000006000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000");
    }

    [Fact]
    public void Topic_of_an_event_is_the_hash_of_its_signature() =>
        Assert.Equal(
            "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
            Hex.Encode(AbiSignature.Parse("Transfer(address,address,uint)").Topic));

    [Theory]
    [InlineData("transfer")]
    [InlineData("(uint256)")]
    [InlineData("1f()")]
    [InlineData("f g()")]
    [InlineData("f()x")]
    public void Text_that_is_no_signature_is_refused(string text) => Assert.False(AbiSignature.TryParse(text, out _));

    public static TheoryData<string, AbiValue> Unfit => new()
    {
        { "uint8", new AbiValue.Integer(256) },
        { "uint8", new AbiValue.Integer(-1) },
        { "int8", new AbiValue.Integer(128) },
        { "int8", new AbiValue.Integer(-129) },
        { "uint256", new AbiValue.Integer(BigInteger.Pow(2, 256)) },
        { "int256", new AbiValue.Integer(BigInteger.Pow(2, 255)) },
        { "bool", new AbiValue.Integer(1) },
        { "bytes3", new AbiValue.Bytes(new byte[2]) },
        { "string", new AbiValue.Text("\ud800") },
        { "bool[2]", new AbiValue.Sequence(new AbiValue.Boolean(true)) },
        { "(bool,bool)", new AbiValue.Sequence(new AbiValue.Boolean(true)) },
        { "address", new AbiValue.Text("0x3535353535353535353535353535353535353535") },
    };

    [Theory]
    [MemberData(nameof(Unfit), DisableDiscoveryEnumeration = true)]
    public void Value_that_does_not_fit_its_type_is_refused_with_its_place(string type, AbiValue value)
    {
        Assert.False(AbiEncoder.TryEncode(Parameters(type), [value], out var encoded, out var error));
        Assert.Null(encoded);
        Assert.StartsWith("[0]", error);
    }

    [Theory]
    [InlineData("int8", -128)]
    [InlineData("int8", 127)]
    [InlineData("int256", -1)]
    [InlineData("uint8", 255)]
    [InlineData("uint8", 0)]
    public void Integers_at_the_limits_are_encoded_and_decoded(string type, int value)
    {
        Assert.True(AbiEncoder.TryEncode(Parameters(type), [new AbiValue.Integer(value)], out var encoded, out _));
        Assert.True(AbiDecoder.TryDecode(Parameters(type), encoded, out var values));
        Assert.Equal([new AbiValue.Integer(value)], values);
    }

    [Theory]
    [InlineData("uint8", "0000000000000000000000000000000000000000000000000000000000000100")]
    [InlineData("int8", "0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("bool", "0000000000000000000000000000000000000000000000000000000000000002")]
    [InlineData("address", "0000000000000000000000013535353535353535353535353535353535353535")]
    [InlineData("bytes3", "0102030400000000000000000000000000000000000000000000000000000000")]
    [InlineData("uint256", "00")]
    [InlineData("bytes", "0000000000000000000000000000000000000000000000000000000000000040")]
    [InlineData("bytes", "0000000000000000000000000000000000000000000000000000000000000020FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("bytes", "00000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("string", "00000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000001FF00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("uint256[]", "0000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000000000007FFFFFFF")]
    public void Data_outside_its_type_or_its_bounds_is_refused(string type, string hex) =>
        Assert.False(AbiDecoder.TryDecode(Parameters(type), Convert.FromHexString(hex), out _));

    [Fact]
    public void Data_that_refers_to_itself_over_and_over_is_refused()
    {
        // Ten offsets to the same array at every level would make 10^12 values of 12 words each.
        var type = "uint256" + string.Concat(Enumerable.Repeat("[]", 13));
        var word = new byte[32];
        word[^1] = 0x20;
        byte[] data = [.. Enumerable.Repeat(word, 40).SelectMany(bytes => bytes)];
        Assert.False(AbiDecoder.TryDecode(Parameters(type), data, out _));
    }

    // Encoded with ethers 6.17.
    [Fact]
    public void Revert_data_is_told_apart()
    {
        Hex.TryDecode("0x08c379a000000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000014696e73756666696369656e742062616c616e6365000000000000000000000000", out var message);
        Hex.TryDecode("0x4e487b710000000000000000000000000000000000000000000000000000000000000011", out var panic);
        Assert.Equal(new AbiRevert.Message("insufficient balance"), AbiRevert.Read(message));
        Assert.Equal(new AbiRevert.Panic(0x11), AbiRevert.Read(panic));
        Assert.IsType<AbiRevert.Silent>(AbiRevert.Read(Array.Empty<byte>()));
        Assert.IsType<AbiRevert.Other>(AbiRevert.Read(message.AsMemory(0, 50)));
        Assert.IsType<AbiRevert.Other>(AbiRevert.Read(new byte[] { 1, 2 }));
    }

    private static AbiType.Tuple Parameters(string type) => new([AbiType.Parse(type)]);

    private static void AssertCall(string signature, AbiValue[] arguments, string expected)
    {
        var function = AbiSignature.Parse(signature);
        Assert.True(function.TryEncodeCall(arguments, out var data, out _));
        Assert.Equal(expected, Hex.Encode(data));
        Assert.True(function.TryDecodeCall(data, out var decoded));
        Assert.Equal(arguments, decoded);
    }
}
