using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Qrossing.Formats.StructuredFields;

/// <summary>The bare items of RFC 9651, sections 4.2.3.1 and 4.2.4 to 4.2.10.</summary>
internal ref partial struct FieldParser
{
    private const int MaxIntegerDigits = 15;
    private const int MaxDecimalCharacters = 16;
    private const int MaxWholeDigits = 12;
    private const int MaxFractionDigits = 3;

    /// <summary>Section 4.2.3.1: the first character tells the type.</summary>
    private bool TryBareItem([NotNullWhen(true)] out BareItem? item)
    {
        item = _rest switch
        {
            ['-' or (>= '0' and <= '9'), ..] => NumberOrNull(),
            ['"', ..] => TextOrNull(),
            [':', ..] => BinaryOrNull(),
            ['?', ..] => BooleanOrNull(),
            ['@', ..] => DateOrNull(),
            ['%', ..] => DisplayStringOrNull(),
            [var first, ..] when FieldCharacters.StartsToken(first) =>
                new BareItem.Token(Take(LengthOf(_rest.IndexOfAnyExcept(FieldCharacters.Token))).ToString()),
            _ => null,
        };
        return item is not null;
    }

    /// <summary>Section 4.2.4.</summary>
    private BareItem? NumberOrNull()
    {
        var negative = TryTake('-');
        var whole = Take(LengthOf(_rest.IndexOfAnyExceptInRange('0', '9')));
        if (whole.IsEmpty || whole.Length > MaxIntegerDigits)
        {
            return null;
        }

        if (!TryTake('.'))
        {
            var integer = long.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture);
            return new BareItem.Integer(negative ? -integer : integer);
        }

        var fraction = Take(LengthOf(_rest.IndexOfAnyExceptInRange('0', '9')));
        if (whole.Length > MaxWholeDigits || fraction.Length is 0 or > MaxFractionDigits
            || whole.Length + 1 + fraction.Length > MaxDecimalCharacters)
        {
            return null;
        }

        var value = decimal.Parse($"{whole}.{fraction}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return new BareItem.Decimal(negative ? -value : value);
    }

    /// <summary>Section 4.2.5.</summary>
    private BareItem.Text? TextOrNull()
    {
        TryTake('"');
        var text = new StringBuilder();
        while (!_rest.IsEmpty)
        {
            var character = Take(1)[0];
            if (character == '"')
            {
                return new BareItem.Text(text.ToString());
            }

            if (character == '\\')
            {
                if (_rest is not ['"' or '\\', ..])
                {
                    return null;
                }

                character = Take(1)[0];
            }
            else if (!FieldCharacters.IsPrintable(character))
            {
                return null;
            }

            text.Append(character);
        }

        return null;
    }

    /// <summary>Section 4.2.7. Missing padding is supplied and pad bits are ignored, as the section asks of parsers by default.</summary>
    private BareItem.Binary? BinaryOrNull()
    {
        TryTake(':');
        if (_rest.IndexOf(':') is not (var end and >= 0))
        {
            return null;
        }

        var base64 = Take(end);
        TryTake(':');
        return FieldBase64.TryDecode(base64, out var bytes) ? new BareItem.Binary(bytes) : null;
    }

    /// <summary>Section 4.2.8.</summary>
    private BareItem.Boolean? BooleanOrNull()
    {
        TryTake('?');
        return TryTake('1') ? new BareItem.Boolean(true)
            : TryTake('0') ? new BareItem.Boolean(false)
            : null;
    }

    /// <summary>Section 4.2.9.</summary>
    private BareItem.Date? DateOrNull()
    {
        TryTake('@');
        return NumberOrNull() is BareItem.Integer seconds ? new BareItem.Date(seconds.Value) : null;
    }

    /// <summary>Section 4.2.10.</summary>
    private BareItem.DisplayString? DisplayStringOrNull()
    {
        TryTake('%');
        if (!TryTake('"'))
        {
            return null;
        }

        var utf8 = new List<byte>();
        while (!_rest.IsEmpty)
        {
            var character = Take(1)[0];
            if (character == '"')
            {
                return DisplayStringOrNull(utf8);
            }

            if (!FieldCharacters.IsPrintable(character))
            {
                return null;
            }

            if (character != '%')
            {
                utf8.Add((byte)character);
            }
            else if (_rest.Length >= 2 && char.IsAsciiHexDigitLower(_rest[0]) && char.IsAsciiHexDigitLower(_rest[1]))
            {
                utf8.Add(byte.Parse(Take(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            }
            else
            {
                return null;
            }
        }

        return null;
    }

    private static BareItem.DisplayString? DisplayStringOrNull(List<byte> utf8)
    {
        try
        {
            return new BareItem.DisplayString(FieldCharacters.StrictUtf8.GetString([.. utf8]));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
