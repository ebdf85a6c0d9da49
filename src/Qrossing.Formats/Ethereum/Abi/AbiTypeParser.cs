using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Qrossing.Formats.Ethereum.Abi;

/// <summary>Reads ABI types by recursive descent: at most <see cref="MaxDepth"/> tuples within each other, with at most as many array suffixes each.</summary>
internal sealed class AbiTypeParser
{
    // Bounds recursion over a type, also when values are encoded and decoded.
    private const int MaxDepth = 32;

    // A fixed array of more elements does not fit a transaction; the product of nested lengths stays far below 2^63.
    private const int MaxFixedLength = 1 << 20;
    private const long MaxStaticLength = 1L << 30;

    private readonly string _text;
    private int _position;

    private AbiTypeParser(string text) => _text = text;

    public static bool TryParse(string? text, [NotNullWhen(true)] out AbiType? type)
    {
        type = null;
        if (text is null)
        {
            return false;
        }

        if (text == "()")
        {
            type = new AbiType.Tuple([]);
            return true;
        }

        var parser = new AbiTypeParser(text);
        var parsed = parser.Type(depth: 0);
        type = parser._position == text.Length ? parsed : null;
        return type is not null;
    }

    private AbiType? Type(int depth)
    {
        var type = depth >= MaxDepth ? null : TakeIf('(') ? Components(depth + 1) : Elementary();
        for (; type is not null && TakeIf('['); depth++)
        {
            type = depth >= MaxDepth ? null : Suffix(type);
        }

        return type;
    }

    private AbiType.Tuple? Components(int depth)
    {
        var components = new List<AbiType>();
        do
        {
            if (Type(depth) is not { } component)
            {
                return null;
            }

            components.Add(component);
        }
        while (TakeIf(','));

        return TakeIf(')') && components.Sum(component => component.HeadLength) <= MaxStaticLength ? new AbiType.Tuple(components) : null;
    }

    private AbiType? Suffix(AbiType element)
    {
        if (TakeIf(']'))
        {
            return new AbiType.Array(element);
        }

        return Number(Take(char.IsAsciiDigit), 1, MaxFixedLength) is { } length && TakeIf(']') && length * element.HeadLength <= MaxStaticLength
            ? new AbiType.FixedArray(element, length)
            : null;
    }

    private AbiType? Elementary()
    {
        var name = Take(char.IsAsciiLetterLower);
        var size = Take(char.IsAsciiDigit);
        return (name, size) switch
        {
            ("uint", _) => Integer(size, isSigned: false),
            ("int", _) => Integer(size, isSigned: true),
            ("address", "") => new AbiType.Address(),
            ("bool", "") => new AbiType.Boolean(),
            ("string", "") => new AbiType.Text(),
            ("bytes", "") => new AbiType.Bytes(),
            ("bytes", _) => Number(size, 1, AbiType.WordLength) is { } length ? new AbiType.FixedBytes(length) : null,
            _ => null,
        };
    }

    private static AbiType.Integer? Integer(string size, bool isSigned)
    {
        var bits = size.Length == 0 ? 256 : Number(size, 8, 256);
        return bits is { } width && width % 8 == 0 ? new AbiType.Integer(width, isSigned) : null;
    }

    private static int? Number(string digits, int min, int max) =>
        digits.Length > 0 && digits[0] != '0'
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? number
            : null;

    private string Take(Func<char, bool> isPart)
    {
        var start = _position;
        while (_position < _text.Length && isPart(_text[_position]))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private bool TakeIf(char expected)
    {
        var found = _position < _text.Length && _text[_position] == expected;
        _position += found ? 1 : 0;
        return found;
    }
}
