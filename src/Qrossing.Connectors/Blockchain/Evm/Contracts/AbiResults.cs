using System.Globalization;
using System.Text.Json.Nodes;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Abi;

namespace Qrossing.Connectors.Blockchain.Evm.Contracts;

/// <summary>Writes ABI values as JSON, in the form in which <see cref="AbiArguments"/> reads them.</summary>
internal static class AbiResults
{
    /// <summary>The values in order.</summary>
    public static JsonArray Write(IReadOnlyList<AbiValue> values) => [.. values.Select(Write)];

    private static JsonNode Write(AbiValue value) => value switch
    {
        // Text, because JSON numbers above 2^53 do not survive most readers.
        AbiValue.Integer { Value: var number } => number.ToString(CultureInfo.InvariantCulture),
        AbiValue.Boolean { Value: var flag } => flag,
        AbiValue.Address { Value: var address } => address.ToString(),
        AbiValue.Bytes { Value: var bytes } => Hex.Encode(bytes.Span),
        AbiValue.Text { Value: var text } => text,
        AbiValue.Sequence { Items: var items } => Write(items),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
