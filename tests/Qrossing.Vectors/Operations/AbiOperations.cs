using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Abi;

namespace Qrossing.Vectors.Operations;

/// <summary>Operations of the Abi room: a single parameter is encoded.</summary>
public static class AbiOperations
{
    public static IReadOnlyDictionary<string, Func<JsonElement, JsonObject>> All { get; } =
        new Dictionary<string, Func<JsonElement, JsonObject>>
        {
            ["abi.encode"] = Encode,
        };

    private static JsonObject Encode(JsonElement input)
    {
        if (!AbiType.TryParse(VectorInput.Text(input, "type"), out var type))
        {
            throw new VectorRefusedException("the type is not known");
        }

        return AbiEncoder.TryEncode(new AbiType.Tuple([type]), [Value(type, VectorInput.Member(input, "value"))], out var encoded, out var error)
            ? new JsonObject { ["hex"] = Hex.Encode(encoded) }
            : throw new VectorRefusedException(error);
    }

    private static AbiValue Value(AbiType type, JsonElement json) => (type, json.ValueKind) switch
    {
        (AbiType.Integer, JsonValueKind.String) when Integer(json.GetString()) is { } integer => new AbiValue.Integer(integer),
        (AbiType.Boolean, JsonValueKind.True or JsonValueKind.False) => new AbiValue.Boolean(json.GetBoolean()),
        (AbiType.Address, JsonValueKind.String) when EthereumAddress.TryParse(json.GetString(), out var address) => new AbiValue.Address(address),
        (AbiType.FixedBytes or AbiType.Bytes, JsonValueKind.String) when Hex.TryDecode(json.GetString(), out var bytes) => new AbiValue.Bytes(bytes),
        (AbiType.Text, JsonValueKind.String) => new AbiValue.Text(json.GetString()!),
        (AbiType.Array { Element: var element }, JsonValueKind.Array) => Sequence(json, _ => element),
        (AbiType.FixedArray { Element: var element }, JsonValueKind.Array) => Sequence(json, _ => element),
        (AbiType.Tuple { Components: var components }, JsonValueKind.Array) when json.GetArrayLength() == components.Count => Sequence(json, i => components[i]),
        _ => throw new VectorRefusedException($"no value of type {type}"),
    };

    private static BigInteger? Integer(string? text) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static AbiValue.Sequence Sequence(JsonElement json, Func<int, AbiType> typeAt) =>
        new([.. json.EnumerateArray().Select((element, i) => Value(typeAt(i), element))]);
}
