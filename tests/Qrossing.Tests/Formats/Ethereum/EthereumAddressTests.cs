using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Signatures;

namespace Qrossing.Tests.Formats.Ethereum;

[Trait("Kind", "unit")]
public sealed class EthereumAddressTests
{
    // The examples of EIP-55.
    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    public void Address_with_its_checksum_is_read_and_written(string text)
    {
        Assert.True(EthereumAddress.TryParseChecksummed(text, out var address));
        Assert.Equal(text, address.ToString());
        Assert.True(EthereumAddress.TryParse(text.ToLowerInvariant(), out var lower));
        Assert.Equal(address, lower);
        Assert.True(EthereumAddress.TryParse("0x" + text[2..].ToUpperInvariant(), out var upper));
        Assert.Equal(address, upper);
    }

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed00")]
    [InlineData("0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED")]
    [InlineData("")]
    [InlineData(null)]
    public void Wrong_checksums_and_forms_are_refused(string? text) => Assert.False(EthereumAddress.TryParse(text, out _));

    [Fact]
    public void Lower_case_is_no_checksum() =>
        Assert.False(EthereumAddress.TryParseChecksummed("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", out _));

    // Computed with ethers 6.17.
    [Fact]
    public void Address_of_a_key_and_of_the_contracts_it_creates_equal_those_of_ethers()
    {
        var key = new byte[32];
        Array.Fill(key, (byte)0x46);
        Assert.True(EthereumAddress.TryFromPrivateKey(key, out var address));
        Assert.Equal("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F", address.ToString());
        Assert.Equal(address, EthereumAddress.FromPublicKey(Secp256k1.PublicKey(key, compressed: false)));
        Assert.Equal("0x72665d3e94Cb4f374b7728F1ab21A3115C4D50Eb", EthereumAddress.Create(address, 0).ToString());
        Assert.Equal("0xa65e5EBF708124261D0b62a954fEBCfD85b69a40", EthereumAddress.Create(address, 300).ToString());
    }

    // The second example of EIP-1014: init code 0x00.
    [Fact]
    public void Create2_gives_the_address_of_the_specification()
    {
        Assert.True(EthereumAddress.TryParse("0xdeadbeef00000000000000000000000000000000", out var sender));
        var hash = Qrossing.Formats.Hashing.Keccak256.Hash([0x00]);
        Assert.Equal("0xB928f69Bb1D91Cd65274e3c79d8986362984fDA3", EthereumAddress.Create2(sender, new byte[32], hash).ToString());
    }

    [Fact]
    public void Private_key_out_of_range_has_no_address() => Assert.False(EthereumAddress.TryFromPrivateKey(new byte[32], out _));
}
