using System.Numerics;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Transactions;
using Qrossing.Formats.Signatures;

namespace Qrossing.Tests.Formats.Ethereum;

[Trait("Kind", "unit")]
public sealed class EthereumTransactionTests
{
    private static readonly EthereumAddress Recipient = new([.. Enumerable.Repeat((byte)0x35, 20)]);
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)0x46, 32)];
    private static readonly AccessListEntry[] Entries = [new(Recipient, [[.. Enumerable.Repeat((byte)0x01, 32)]])];

    private static readonly DynamicFeeTransaction Valid = new()
    {
        ChainId = 1,
        Nonce = 0,
        MaxPriorityFeePerGas = 1,
        MaxFeePerGas = 2,
        GasLimit = 100_000,
        To = Recipient,
    };

    private static readonly BlobTransaction Blob = new()
    {
        ChainId = 1,
        Nonce = 3,
        MaxPriorityFeePerGas = 1,
        MaxFeePerGas = 30,
        GasLimit = 90_000,
        To = Recipient,
        AccessList = Entries,
        MaxFeePerBlobGas = 9,
        BlobVersionedHashes = [[0x01, .. Enumerable.Repeat((byte)0xAB, 31)]],
    };

    // The second is the example of EIP-155; all were computed with ethers 6.17.
    public static TheoryData<EthereumTransaction, string, string> Signed => new()
    {
        {
            new LegacyTransaction { Nonce = 9, GasPrice = 20_000_000_000, GasLimit = 21_000, To = Recipient, Value = BigInteger.Pow(10, 18) },
            "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a7640000801ba08383adc8b8ae116f918fb44ca7ff9dfd8012596a5c130c6246a2cc717ba41cdaa053ddfacf5bd4aa7e46d1575acf52636ea659b91f29e2fb91c75567a279738f38",
            "0x9eb247ec381302e0ac0c3c8d8d14969bb49d31ae3d266274d3112e1a86585d94"
        },
        {
            new LegacyTransaction { ChainId = 1, Nonce = 9, GasPrice = 20_000_000_000, GasLimit = 21_000, To = Recipient, Value = BigInteger.Pow(10, 18) },
            "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83",
            "0x33469b22e9f636356c4160a87eb19df52b7412e8eac32a4a55ffe88ea8350788"
        },
        {
            new AccessListTransaction { ChainId = 137, Nonce = 1, GasPrice = 7, GasLimit = 60_000, To = Recipient, Data = new byte[] { 0xDE, 0xAD, 0xBE, 0xEF }, AccessList = Entries },
            "0x01f89f8189010782ea609435353535353535353535353535353535353535358084deadbeeff838f7943535353535353535353535353535353535353535e1a0010101010101010101010101010101010101010101010101010101010101010101a089a816e94e258afd933ecee15c907a5bee924531136195484548706b94fee43ba0335cb8a2d7cd2b4d6f681f72dc2391e16f98db9e09539e2712552af651cc10c3",
            "0x32467bddb9935dd1b7a82dbeef94278e0937a1eda9d761caa668b0eba731ca62"
        },
        {
            new DynamicFeeTransaction { ChainId = 8453, Nonce = 0, MaxPriorityFeePerGas = 1, MaxFeePerGas = BigInteger.Pow(2, 64), GasLimit = 100_000, Value = 5, Data = new byte[] { 0x60, 0x01, 0x60, 0x00, 0x55 } },
            "0x02f85f822105800189010000000000000000830186a08005856001600055c080a04fdf5dadf041ef1daf4ab2ae0bcfa266606b6ef542bbfc079b9c3b8ccb5433b4a05eea5839591b89658c7901a29e7d627b7c7bc79999f50079c78965851aaea900",
            "0x396848b390c5ef19b3619bd07814641349df9fc54b0a6e7e15ec6a432ff98994"
        },
        {
            Blob,
            "0x03f8bf0103011e83015f909435353535353535353535353535353535353535358080f838f7943535353535353535353535353535353535353535e1a0010101010101010101010101010101010101010101010101010101010101010109e1a001ababababababababababababababababababababababababababababababab01a052b1416af07139df1dded2f5d066978da23e13c343eaf3e507e591b5752e9ef3a02af2a2d8c3fb9e785870601c8dd379e513e72fcb174281c58e69ae78da380b99",
            "0x62fadcf2f35168830ce13aee8744fafe30e8b510a0f449488b5f9d2672317141"
        },
    };

    [Theory]
    [MemberData(nameof(Signed), DisableDiscoveryEnumeration = true)]
    public void Signed_transaction_has_the_bytes_of_ethers_and_decodes_to_itself(EthereumTransaction transaction, string raw, string hash)
    {
        Assert.True(transaction.TrySign(Key, out var signed));
        Assert.Equal(raw, Hex.Encode(signed.Raw.Span));
        Assert.Equal(hash, Hex.Encode(signed.Hash));

        var chainId = transaction switch
        {
            TypedTransaction typed => typed.ChainId,
            LegacyTransaction legacy => legacy.ChainId ?? 5,
            _ => BigInteger.Zero,
        };
        Assert.True(SignedEthereumTransaction.TryDecode(signed.Raw, chainId, out var decoded, out _));
        Assert.Equal("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F", decoded.Sender.ToString());
        Assert.Equal(transaction.Type, decoded.Transaction.Type);
        Assert.True(decoded.Transaction.TrySign(Key, out var again));
        Assert.Equal(raw, Hex.Encode(again.Raw.Span));

        var isProtected = transaction is not LegacyTransaction { ChainId: null };
        Assert.Equal(!isProtected, SignedEthereumTransaction.TryDecode(signed.Raw, chainId + 1, out _, out var error));
        Assert.Equal(isProtected ? TransactionError.WrongChain : TransactionError.None, error);
    }

    [Theory]
    [MemberData(nameof(Signed), DisableDiscoveryEnumeration = true)]
    public void Signature_made_elsewhere_gives_the_same_transaction(EthereumTransaction transaction, string raw, string hash)
    {
        var rs = new byte[64];
        Assert.True(Secp256k1.TrySign(transaction.SigningHash(), Key, rs, out var parity));

        Assert.True(transaction.TryAssemble(rs, parity, out var assembled));

        Assert.Equal(raw, Hex.Encode(assembled.Raw.Span));
        Assert.Equal(hash, Hex.Encode(assembled.Hash));
        Assert.Equal("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F", assembled.Sender.ToString());
    }

    [Fact]
    public void Signature_that_no_chain_accepts_is_not_joined()
    {
        var rs = new byte[64];
        Assert.True(Secp256k1.TrySign(Valid.SigningHash(), Key, rs, out var parity));
        var n = new BigInteger(Convert.FromHexString("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141"), isUnsigned: true, isBigEndian: true);
        var highS = n - new BigInteger(rs.AsSpan(32), isUnsigned: true, isBigEndian: true);

        Assert.False(Valid.TryAssemble([.. rs[..32], .. highS.ToByteArray(isUnsigned: true, isBigEndian: true)], 1 - parity, out _));
        Assert.False(Valid.TryAssemble(rs, 2, out _));
        Assert.False(Valid.TryAssemble(rs.AsSpan(1), parity, out _));
        Assert.False(Valid.TryAssemble(new byte[64], parity, out _));
        Assert.True(Valid.TryAssemble(rs, 1 - parity, out var stranger) && stranger.Sender.ToString() != "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
    }

    public static TheoryData<EthereumTransaction, TransactionError> Invalid => new()
    {
        { Valid with { Nonce = ulong.MaxValue }, TransactionError.NonceTooHigh },
        { Valid with { MaxPriorityFeePerGas = 3 }, TransactionError.PriorityFeeAboveCap },
        { Valid with { MaxFeePerGas = BigInteger.Pow(2, 256) / 100_000 + 1 }, TransactionError.FeeOverflow },
        { Valid with { GasLimit = 20_999 }, TransactionError.IntrinsicGasTooLow },
        { Valid with { GasLimit = 21_019, Data = new byte[] { 0, 1 } }, TransactionError.IntrinsicGasTooLow },
        { Valid with { GasLimit = 25_299, AccessList = Entries }, TransactionError.IntrinsicGasTooLow },
        { Valid with { GasLimit = 53_005, To = null, Data = new byte[] { 0 } }, TransactionError.IntrinsicGasTooLow },
        { Valid with { GasLimit = 1_000_000, To = null, Data = new byte[49_153] }, TransactionError.InitCodeTooLong },
        { Valid with { Value = BigInteger.Pow(2, 256) }, TransactionError.IntegerOverflow },
        { Valid with { Value = -1 }, TransactionError.IntegerOverflow },
        { Blob with { To = null }, TransactionError.BlobWithoutRecipient },
        { Blob with { BlobVersionedHashes = [] }, TransactionError.NoBlobs },
        { Blob with { BlobVersionedHashes = [new byte[32]] }, TransactionError.BlobHashVersion },
        { new LegacyTransaction { ChainId = 0, Nonce = 0, GasPrice = 1, GasLimit = 21_000, To = Recipient }, TransactionError.WrongChain },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void Transaction_that_no_chain_accepts_is_named(EthereumTransaction transaction, TransactionError error) =>
        Assert.Equal(error, TransactionRules.Check(transaction));

    [Fact]
    public void Transactions_at_the_limits_are_accepted()
    {
        Assert.Equal(TransactionError.None, TransactionRules.Check(Valid with { Nonce = ulong.MaxValue - 1, GasLimit = 21_000 }));
        Assert.Equal(TransactionError.None, TransactionRules.Check(Valid with { GasLimit = 21_020, Data = new byte[] { 0, 1 } }));
        Assert.Equal(TransactionError.None, TransactionRules.Check(Valid with { GasLimit = 25_300, AccessList = Entries }));
        Assert.Equal(TransactionError.None, TransactionRules.Check(Valid with { GasLimit = 53_006, To = null, Data = new byte[] { 0 } }));
        Assert.Equal(TransactionError.None, TransactionRules.Check(Valid with { GasLimit = 1_000_000, To = null, Data = new byte[49_152] }));
        Assert.Equal(TransactionError.None, TransactionRules.Check(Valid with { MaxFeePerGas = BigInteger.Pow(2, 256) / 100_000 }));
        Assert.Equal(TransactionError.None, TransactionRules.Check(Blob));
    }

    [Fact]
    public void Every_shortened_or_extended_encoding_is_refused()
    {
        Assert.True(Blob.TrySign(Key, out var signed));
        for (var length = 0; length < signed.Raw.Length; length++)
        {
            Assert.False(SignedEthereumTransaction.TryDecode(signed.Raw[..length], 1, out _, out _));
        }

        Assert.False(SignedEthereumTransaction.TryDecode((byte[])[.. signed.Raw.Span, 0], 1, out _, out _));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x04)]
    [InlineData(0x7F)]
    [InlineData(0xB8)]
    public void Other_envelopes_are_refused(byte type)
    {
        Assert.True(new LegacyTransaction { Nonce = 0, GasPrice = 1, GasLimit = 21_000, To = Recipient }.TrySign(Key, out var signed));
        Assert.False(SignedEthereumTransaction.TryDecode((byte[])[type, .. signed.Raw.Span], 1, out _, out var error));
        Assert.Equal(TransactionError.UnsupportedType, error);
    }

    // Fields of a valid transaction of type 2, one of them replaced.
    [Theory]
    [InlineData(1, "00", TransactionError.LeadingZeros)]
    [InlineData(1, "010000000000000000", TransactionError.IntegerOverflow)]
    [InlineData(2, "0001", TransactionError.LeadingZeros)]
    [InlineData(4, "010000000000000000", TransactionError.IntegerOverflow)]
    [InlineData(5, "00", TransactionError.WrongLength)]
    [InlineData(5, "003535353535353535353535353535353535353535", TransactionError.WrongLength)]
    [InlineData(6, "010000000000000000000000000000000000000000000000000000000000000000", TransactionError.IntegerOverflow)]
    [InlineData(8, "", TransactionError.WrongFieldKind)]
    [InlineData(9, "02", TransactionError.InvalidSignature)]
    [InlineData(10, "", TransactionError.InvalidSignature)]
    [InlineData(11, "", TransactionError.InvalidSignature)]
    [InlineData(11, "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A1", TransactionError.InvalidSignature)]
    [InlineData(10, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", TransactionError.InvalidSignature)]
    public void Field_of_wrong_form_is_named(int field, string hex, TransactionError error)
    {
        Assert.True(Valid.TrySign(Key, out var signed));
        Assert.True(Rlp.TryDecode(signed.Raw[1..], out var list, out _));
        var items = list.Items.ToArray();
        items[field] = RlpItem.Of(Convert.FromHexString(hex));
        byte[] raw = [0x02, .. Rlp.Encode(RlpItem.List(items))];
        Assert.False(SignedEthereumTransaction.TryDecode(raw, 1, out _, out var found));
        Assert.Equal(error, found);

        items[field] = RlpItem.List(RlpItem.Empty);
        Assert.False(SignedEthereumTransaction.TryDecode((byte[])[0x02, .. Rlp.Encode(RlpItem.List(items))], 1, out _, out found));
        Assert.Equal(TransactionError.WrongFieldKind, found);
    }
}
