using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;

namespace Qrossing.Formats.Ethereum.Abi;

/// <summary>
/// Decodes parameters of the contract ABI. Values outside their type's range, offsets and lengths outside the data, text that is not UTF-8,
/// and data referred to twice (by which little input could become much output) are refused. Padding after bytes is not looked at, as in Solidity.
/// </summary>
public sealed class AbiDecoder
{
    private const int WordLength = AbiType.WordLength;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> _data;
    private long _unreadWords;

    private AbiDecoder(ReadOnlyMemory<byte> data)
    {
        _data = data;
        _unreadWords = (data.Length + WordLength - 1) / WordLength;
    }

    /// <summary>Decodes the parameters, without selector. Bytes of the result are slices of <paramref name="data"/>; what follows the parameters is ignored.</summary>
    public static bool TryDecode(AbiType.Tuple parameters, ReadOnlyMemory<byte> data, [NotNullWhen(true)] out IReadOnlyList<AbiValue>? values)
    {
        values = new AbiDecoder(data).Sequence(parameters.Components.Count, i => parameters.Components[i], start: 0)?.Items;
        return values is not null;
    }

    private AbiValue.Sequence? Sequence(int count, Func<int, AbiType> typeAt, int start)
    {
        var values = new List<AbiValue>();
        var head = start;
        for (var i = 0; i < count; i++)
        {
            var type = typeAt(i);
            if (ValueAt(type, start, head) is not { } value)
            {
                return null;
            }

            values.Add(value);

            // A value in place lies inside the data, so its length cannot overflow.
            head += (int)type.HeadLength;
        }

        return new AbiValue.Sequence(values);
    }

    private AbiValue? ValueAt(AbiType type, int start, int head)
    {
        if (!type.IsDynamic)
        {
            return Value(type, head);
        }

        return Length(head) is { } offset && offset <= _data.Length - start ? Value(type, start + offset) : null;
    }

    private AbiValue? Value(AbiType type, int position) => type switch
    {
        AbiType.Integer integer => Integer(integer, position),
        AbiType.Boolean => Length(position) is { } flag and (0 or 1) ? new AbiValue.Boolean(flag == 1) : null,
        AbiType.Address => Address(position),
        AbiType.FixedBytes { Length: var length } => FixedBytes(length, position),
        AbiType.Bytes => Bytes(position) is { } bytes ? new AbiValue.Bytes(bytes) : null,
        AbiType.Text => Bytes(position) is { } utf8 ? Text(utf8.Span) : null,
        AbiType.Array { Element: var element } => Array(element, position),
        AbiType.FixedArray { Element: var element, Length: var length } => Sequence(length, _ => element, position),
        AbiType.Tuple { Components: var components } => Sequence(components.Count, i => components[i], position),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private AbiValue.Integer? Integer(AbiType.Integer type, int position)
    {
        if (!TryReadWord(position, out var word))
        {
            return null;
        }

        var value = new BigInteger(word, isUnsigned: !type.IsSigned, isBigEndian: true);
        return AbiIntegers.Fits(type, value) ? new AbiValue.Integer(value) : null;
    }

    private AbiValue.Address? Address(int position) =>
        TryReadWord(position, out var word) && !word[..^EthereumAddress.Length].ContainsAnyExcept((byte)0)
            ? new AbiValue.Address(new EthereumAddress(word[^EthereumAddress.Length..]))
            : null;

    private AbiValue.Bytes? FixedBytes(int length, int position) =>
        TryReadWord(position, out var word) && !word[length..].ContainsAnyExcept((byte)0)
            ? new AbiValue.Bytes(_data.Slice(position, length))
            : null;

    private ReadOnlyMemory<byte>? Bytes(int position)
    {
        if (Length(position) is not { } length || length > _data.Length - position - WordLength)
        {
            return null;
        }

        _unreadWords -= (length + WordLength - 1) / WordLength;
        return _unreadWords >= 0 ? _data.Slice(position + WordLength, length) : null;
    }

    private static AbiValue.Text? Text(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return new AbiValue.Text(Utf8.GetString(utf8));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // No element is shorter than a word, so a length that the data cannot hold fails before its elements are allocated.
    private AbiValue.Sequence? Array(AbiType element, int position) =>
        Length(position) is { } count && count <= (_data.Length - position) / WordLength
            ? Sequence(count, _ => element, position + WordLength)
            : null;

    // An offset, a length or a flag: a word below 2^31.
    private int? Length(int position)
    {
        if (!TryReadWord(position, out var word) || word[..^sizeof(int)].ContainsAnyExcept((byte)0))
        {
            return null;
        }

        var value = BinaryPrimitives.ReadInt32BigEndian(word[^sizeof(int)..]);
        return value >= 0 ? value : null;
    }

    private bool TryReadWord(int position, out ReadOnlySpan<byte> word)
    {
        word = default;
        if (position > _data.Length - WordLength || --_unreadWords < 0)
        {
            return false;
        }

        word = _data.Span.Slice(position, WordLength);
        return true;
    }
}
