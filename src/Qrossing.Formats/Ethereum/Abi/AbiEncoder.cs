using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;

namespace Qrossing.Formats.Ethereum.Abi;

/// <summary>Encodes parameters of the contract ABI.</summary>
public sealed class AbiEncoder
{
    private const int WordLength = AbiType.WordLength;

    // Half a surrogate pair has no UTF-8; replacing it silently would send other text than the caller gave.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private string? _error;

    private AbiEncoder()
    {
    }

    /// <summary>
    /// Encodes the parameters of a call, without selector. False when the values do not fit the types;
    /// <paramref name="error"/> then names the first: <c>[1][0]: 256 does not fit uint8</c>.
    /// </summary>
    public static bool TryEncode(AbiType.Tuple parameters, IReadOnlyList<AbiValue> values, [NotNullWhen(true)] out byte[]? encoded, [NotNullWhen(false)] out string? error)
    {
        var encoder = new AbiEncoder();
        var output = new ArrayBufferWriter<byte>();
        encoder.Tuple(parameters.Components, values, output, path: "");
        error = encoder._error;
        encoded = error is null ? output.WrittenSpan.ToArray() : null;
        return error is null;
    }

    private void Tuple(IReadOnlyList<AbiType> types, IReadOnlyList<AbiValue> values, ArrayBufferWriter<byte> output, string path)
    {
        if (types.Count != values.Count)
        {
            Fail(path, $"{values.Count} values where {types.Count} are due");
            return;
        }

        var tail = new ArrayBufferWriter<byte>();
        var headsLength = types.Sum(type => type.HeadLength);
        for (var i = 0; i < types.Count && _error is null; i++)
        {
            if (types[i].IsDynamic)
            {
                Word(headsLength + tail.WrittenCount, output);
                Value(types[i], values[i], tail, $"{path}[{i}]");
            }
            else
            {
                Value(types[i], values[i], output, $"{path}[{i}]");
            }
        }

        output.Write(tail.WrittenSpan);
    }

    private void Value(AbiType type, AbiValue value, ArrayBufferWriter<byte> output, string path)
    {
        switch (type, value)
        {
            case (AbiType.Integer integer, AbiValue.Integer { Value: var number }):
                Integer(integer, number, output, path);
                break;
            case (AbiType.Boolean, AbiValue.Boolean { Value: var flag }):
                Word(flag ? 1 : 0, output);
                break;
            case (AbiType.Address, AbiValue.Address { Value: var address }):
                address.CopyTo(NewWord(output)[^EthereumAddress.Length..]);
                break;
            case (AbiType.FixedBytes { Length: var length }, AbiValue.Bytes { Value: var bytes }) when bytes.Length == length:
                bytes.Span.CopyTo(NewWord(output));
                break;
            case (AbiType.Bytes, AbiValue.Bytes { Value: var bytes }):
                Bytes(bytes.Span, output);
                break;
            case (AbiType.Text, AbiValue.Text { Value: var text }):
                Text(text, output, path);
                break;
            case (AbiType.Array { Element: var element }, AbiValue.Sequence { Items: var items }):
                Word(items.Count, output);
                Tuple(Repeated(element, items.Count), items, output, path);
                break;
            case (AbiType.FixedArray { Element: var element, Length: var length }, AbiValue.Sequence { Items: var items }):
                Tuple(Repeated(element, length), items, output, path);
                break;
            case (AbiType.Tuple { Components: var components }, AbiValue.Sequence { Items: var items }):
                Tuple(components, items, output, path);
                break;
            default:
                Fail(path, $"{value.GetType().Name} does not fit {type}");
                break;
        }
    }

    private void Integer(AbiType.Integer type, BigInteger value, ArrayBufferWriter<byte> output, string path)
    {
        if (!AbiIntegers.Fits(type, value))
        {
            Fail(path, $"{value} does not fit {type}");
            return;
        }

        // Two's complement over the whole word, so that negative numbers are filled with 0xFF.
        var word = NewWord(output);
        if (value.Sign < 0)
        {
            word.Fill(0xFF);
        }

        var isUnsigned = value.Sign >= 0;
        value.TryWriteBytes(word[^value.GetByteCount(isUnsigned)..], out _, isUnsigned, isBigEndian: true);
    }

    private void Text(string text, ArrayBufferWriter<byte> output, string path)
    {
        try
        {
            Bytes(Utf8.GetBytes(text), output);
        }
        catch (EncoderFallbackException)
        {
            Fail(path, "text has half a surrogate pair");
        }
    }

    private static void Bytes(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        Word(bytes.Length, output);
        var padded = (bytes.Length + WordLength - 1) / WordLength * WordLength;
        if (padded == 0)
        {
            return;
        }

        var destination = output.GetSpan(padded)[..padded];
        destination.Clear();
        bytes.CopyTo(destination);
        output.Advance(padded);
    }

    private static void Word(long value, ArrayBufferWriter<byte> output) =>
        BinaryPrimitives.WriteInt64BigEndian(NewWord(output)[^sizeof(long)..], value);

    private static Span<byte> NewWord(ArrayBufferWriter<byte> output)
    {
        var word = output.GetSpan(WordLength)[..WordLength];
        word.Clear();
        output.Advance(WordLength);
        return word;
    }

    private static AbiType[] Repeated(AbiType element, int count)
    {
        var types = new AbiType[count];
        Array.Fill(types, element);
        return types;
    }

    private void Fail(string path, string message) => _error ??= $"{path}: {message}";
}
