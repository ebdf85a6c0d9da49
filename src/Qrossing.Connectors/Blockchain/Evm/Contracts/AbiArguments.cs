using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Abi;

namespace Qrossing.Connectors.Blockchain.Evm.Contracts;

/// <summary>
/// Reads the JSON form of ABI values: integers as text of digits or as JSON integers, bytes and addresses as 0x and hex, arrays and tuples
/// as arrays. Whether a number fits its type is the encoder's to say.
/// </summary>
internal sealed class AbiArguments
{
    // 2^256 has 78 digits; a longer text fits no type, and is not worth the time that parsing it takes.
    private const int MaxDigits = 78;

    private string _error = "";

    private AbiArguments()
    {
    }

    /// <summary>The arguments, or what is wrong with the first that is wrong: <c>arguments[1][0]: ...</c>.</summary>
    public static IReadOnlyList<AbiValue>? Read(AbiType.Tuple parameters, JsonElement arguments, out string error)
    {
        var reader = new AbiArguments();
        var values = reader.Sequence(arguments, parameters.Components.Count, index => parameters.Components[index], "arguments");
        error = reader._error;
        return values?.Items;
    }

    private AbiValue? Value(AbiType type, JsonElement json, string path) => type switch
    {
        AbiType.Integer => Integer(json) is { } number ? new AbiValue.Integer(number) : Fail(path, "an integer as text of digits"),
        AbiType.Boolean => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? new AbiValue.Boolean(json.GetBoolean()) : Fail(path, "true or false"),
        AbiType.Address => EthereumAddress.TryParse(Text(json), out var address) ? new AbiValue.Address(address) : Fail(path, "an address with a correct checksum"),
        AbiType.FixedBytes { Length: var length } => Hex.TryDecode(Text(json), length, out var bytes) ? new AbiValue.Bytes(bytes) : Fail(path, $"0x and {2 * length} hex digits"),
        AbiType.Bytes => Hex.TryDecode(Text(json), out var bytes) ? new AbiValue.Bytes(bytes) : Fail(path, "0x and hex digits"),
        AbiType.Text => Text(json) is { } text ? new AbiValue.Text(text) : Fail(path, "text"),
        AbiType.Array { Element: var element } => Sequence(json, count: null, _ => element, path),
        AbiType.FixedArray { Element: var element, Length: var length } => Sequence(json, length, _ => element, path),
        AbiType.Tuple { Components: var components } => Sequence(json, components.Count, index => components[index], path),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private AbiValue.Sequence? Sequence(JsonElement json, int? count, Func<int, AbiType> typeAt, string path)
    {
        if (json.ValueKind != JsonValueKind.Array || (count is { } due && json.GetArrayLength() != due))
        {
            Fail(path, count is null ? "an array" : $"an array of {count}");
            return null;
        }

        var values = new List<AbiValue>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            if (Value(typeAt(values.Count), item, $"{path}[{values.Count}]") is not { } value)
            {
                return null;
            }

            values.Add(value);
        }

        return new AbiValue.Sequence(values);
    }

    private static string? Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    private static BigInteger? Integer(JsonElement json)
    {
        var digits = json.ValueKind == JsonValueKind.Number ? json.GetRawText() : Text(json) ?? "";
        return digits.Length <= MaxDigits + 1 && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && digits[0] != '+'
            ? number
            : null;
    }

    private AbiValue? Fail(string path, string due)
    {
        _error = $"{path}: {due} is due.";
        return null;
    }
}
