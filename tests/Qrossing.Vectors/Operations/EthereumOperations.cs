using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Transactions;

namespace Qrossing.Vectors.Operations;

/// <summary>Operations of the Ethereum room: RLP, addresses, transactions.</summary>
public static class EthereumOperations
{
    public static IReadOnlyDictionary<string, Func<JsonElement, JsonObject>> All { get; } =
        new Dictionary<string, Func<JsonElement, JsonObject>>
        {
            ["rlp.encode"] = input => Out("hex", Hex.Encode(Rlp.Encode(Tree(VectorInput.Member(input, "value"), TypedLeaf)))),
            ["rlp.encodeHexTree"] = input => Out("hex", Hex.Encode(Rlp.Encode(Tree(VectorInput.Member(input, "value"), HexLeaf)))),
            ["rlp.decode"] = DecodeRlp,
            ["eth.txDecode"] = DecodeTransaction,
            ["eth.txSign"] = input => Out("raw", Hex.Encode(SignTransaction(input).Raw.Span)),
            ["eth.addressFromPrivateKey"] = AddressFromPrivateKey,
            ["eth.checksumAddress"] = input => Out("address", Address(input, "address").ToString()),
            ["eth.requireChecksum"] = RequireChecksum,
            ["eth.create2"] = input => Out(
                "address",
                EthereumAddress.Create2(Address(input, "sender"), Bytes32(input, "salt"), Bytes32(input, "initCodeHash")).ToString()),
        };

    internal static EthereumAddress Address(JsonElement input, string name) =>
        EthereumAddress.TryParse(VectorInput.Text(input, name), out var address)
            ? address
            : throw new VectorRefusedException($"'{name}' is not an address");

    private static JsonObject Out(string name, string value) => new() { [name] = value };

    private static RlpItem Tree(JsonElement value, Func<JsonElement, RlpItem> leaf) =>
        value.ValueKind == JsonValueKind.Array
            ? RlpItem.List([.. value.EnumerateArray().Select(element => Tree(element, leaf))])
            : leaf(value);

    private static RlpItem TypedLeaf(JsonElement value) =>
        VectorInput.TextOrNull(value, "int") is not { } integer ? RlpItem.Of(VectorInput.Hex(value, "hex"))
        : BigInteger.TryParse(integer, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? RlpItem.Of(number)
        : throw new VectorRefusedException("not an integer");

    private static RlpItem HexLeaf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Hex.TryDecode(value.GetString(), out var bytes) ? RlpItem.Of(bytes) : throw new VectorRefusedException("not hexadecimal");

    private static JsonObject DecodeRlp(JsonElement input) =>
        Rlp.TryDecode(VectorInput.Hex(input, "hex"), out var item, out var error)
            ? Out("hex", Hex.Encode(Rlp.Encode(item)))
            : throw new VectorRefusedException(error.ToString());

    private static JsonObject DecodeTransaction(JsonElement input)
    {
        var raw = VectorInput.Hex(input, "rawHex");
        return SignedEthereumTransaction.TryDecode(raw, VectorInput.Integer(input, "chainId"), out var transaction, out var error)
            ? new JsonObject { ["hash"] = Hex.Encode(transaction.Hash), ["sender"] = Hex.Encode(transaction.Sender.ToArray()) }
            : throw new VectorRefusedException(error.ToString());
    }

    private static SignedEthereumTransaction SignTransaction(JsonElement input)
    {
        var transaction = Unsigned(VectorInput.Integer(input, "type"), VectorInput.Member(input, "tx"));
        return transaction.TrySign(VectorInput.Hex(input, "privateKey"), out var signed)
            ? signed
            : throw new VectorRefusedException("the private key is not valid");
    }

    // The suite gives every type the same object, of which a type takes its own members; an absent amount is zero.
    private static EthereumTransaction Unsigned(long type, JsonElement tx)
    {
        var nonce = Count(tx, "nonce");
        var gasLimit = Count(tx, "gasLimit");
        EthereumAddress? to = VectorInput.MemberOrNull(tx, "to") is null ? null : Address(tx, "to");
        var value = Amount(tx, "value");
        var data = VectorInput.MemberOrNull(tx, "data") is null ? [] : VectorInput.Hex(tx, "data");
        var chainId = Amount(tx, "chainId");
        return type switch
        {
            0 => new LegacyTransaction
            {
                Nonce = nonce,
                GasLimit = gasLimit,
                To = to,
                Value = value,
                Data = data,
                GasPrice = Amount(tx, "gasPrice"),
                ChainId = chainId.IsZero ? null : chainId,
            },
            1 => new AccessListTransaction
            {
                Nonce = nonce,
                GasLimit = gasLimit,
                To = to,
                Value = value,
                Data = data,
                GasPrice = Amount(tx, "gasPrice"),
                ChainId = chainId,
                AccessList = AccessList(tx),
            },
            2 => new DynamicFeeTransaction
            {
                Nonce = nonce,
                GasLimit = gasLimit,
                To = to,
                Value = value,
                Data = data,
                ChainId = chainId,
                AccessList = AccessList(tx),
                MaxFeePerGas = Amount(tx, "maxFeePerGas"),
                MaxPriorityFeePerGas = Amount(tx, "maxPriorityFeePerGas"),
            },
            3 => new BlobTransaction
            {
                Nonce = nonce,
                GasLimit = gasLimit,
                To = to,
                Value = value,
                Data = data,
                ChainId = chainId,
                AccessList = AccessList(tx),
                MaxFeePerGas = Amount(tx, "maxFeePerGas"),
                MaxPriorityFeePerGas = Amount(tx, "maxPriorityFeePerGas"),
                MaxFeePerBlobGas = Amount(tx, "maxFeePerBlobGas"),
                BlobVersionedHashes = VectorInput.MemberOrNull(tx, "blobVersionedHashes") is null ? [] : Hashes(tx, "blobVersionedHashes"),
            },
            _ => throw new VectorRefusedException("the type is not supported"),
        };
    }

    // Hexadecimal, leading zeros allowed, or a JSON number.
    private static BigInteger Amount(JsonElement input, string name) => VectorInput.MemberOrNull(input, name) switch
    {
        null => BigInteger.Zero,
        { ValueKind: JsonValueKind.Number } => VectorInput.Integer(input, name) is var number and >= 0 ? number : throw new VectorRefusedException($"'{name}' is negative"),
        _ => new BigInteger(VectorInput.Hex(input, name), isUnsigned: true, isBigEndian: true),
    };

    private static ulong Count(JsonElement input, string name) =>
        Amount(input, name) is var count && count <= ulong.MaxValue ? (ulong)count : throw new VectorRefusedException($"'{name}' is beyond 64 bits");

    private static IReadOnlyList<AccessListEntry> AccessList(JsonElement tx) =>
        VectorInput.MemberOrNull(tx, "accessList") is { } list
            ? list.ValueKind != JsonValueKind.Array ? throw new VectorRefusedException("'accessList' is not an array") : [.. list.EnumerateArray().Select(entry => new AccessListEntry(Address(entry, "address"), Hashes(entry, "storageKeys")))]
            : [];

    private static byte[][] Hashes(JsonElement input, string name) =>
    [
        .. VectorInput.Texts(input, name).Select(text =>
            Hex.TryDecode(text, length: 32, out var hash) ? hash : throw new VectorRefusedException($"'{name}' is not 32 bytes")),
    ];

    private static byte[] Bytes32(JsonElement input, string name) =>
        VectorInput.Hex(input, name) is { Length: 32 } bytes ? bytes : throw new VectorRefusedException($"'{name}' is not 32 bytes");

    private static JsonObject AddressFromPrivateKey(JsonElement input) =>
        EthereumAddress.TryFromPrivateKey(VectorInput.Hex(input, "privateKey"), out var address)
            ? Out("address", address.ToString())
            : throw new VectorRefusedException("the private key is not valid");

    private static JsonObject RequireChecksum(JsonElement input) =>
        EthereumAddress.TryParseChecksummed(VectorInput.Text(input, "address"), out var address)
            ? Out("address", address.ToString())
            : throw new VectorRefusedException("the checksum of EIP-55 does not fit");
}
