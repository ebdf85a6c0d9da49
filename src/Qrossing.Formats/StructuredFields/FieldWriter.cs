using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Qrossing.Formats.StructuredFields;

/// <summary>The serialization steps of RFC 9651, section 4.1.</summary>
internal sealed class FieldWriter
{
    private const long MaxInteger = 999_999_999_999_999;
    private const decimal MaxDecimal = 999_999_999_999.999m;

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>Section 4.1.1.</summary>
    public FieldWriter List(IReadOnlyList<FieldMember> list)
    {
        foreach (var member in list)
        {
            Separate().Member(member);
        }

        return this;
    }

    /// <summary>Section 4.1.2: the Boolean true is left out.</summary>
    public FieldWriter Dictionary(FieldDictionary dictionary)
    {
        foreach (var (key, member) in dictionary)
        {
            Separate().Key(key);
            if (member is FieldItem { Value: BareItem.Boolean { Value: true } })
            {
                Parameters(member.Parameters);
            }
            else
            {
                _text.Append('=');
                Member(member);
            }
        }

        return this;
    }

    /// <summary>Sections 4.1.1.1 and 4.1.3.</summary>
    public FieldWriter Member(FieldMember member)
    {
        if (member is FieldItem item)
        {
            return Bare(item.Value).Parameters(item.Parameters);
        }

        var innerList = (InnerList)member;
        _text.Append('(');
        for (var i = 0; i < innerList.Items.Count; i++)
        {
            _text.Append(i == 0 ? "" : " ");
            Member(innerList.Items[i]);
        }

        _text.Append(')');
        return Parameters(innerList.Parameters);
    }

    /// <summary>Section 4.1.1.2: the Boolean true is left out.</summary>
    public FieldWriter Parameters(Parameters parameters)
    {
        foreach (var (key, value) in parameters)
        {
            _text.Append(';');
            Key(key);
            if (value is not BareItem.Boolean { Value: true })
            {
                _text.Append('=');
                Bare(value);
            }
        }

        return this;
    }

    private FieldWriter Separate()
    {
        _text.Append(_text.Length == 0 ? "" : ", ");
        return this;
    }

    /// <summary>Section 4.1.1.3.</summary>
    private void Key(string key)
    {
        Demand(key.Length > 0 && FieldCharacters.StartsKey(key[0]) && !key.AsSpan().ContainsAnyExcept(FieldCharacters.Key), "key");
        _text.Append(key);
    }

    /// <summary>Section 4.1.3.1.</summary>
    private FieldWriter Bare(BareItem item)
    {
        switch (item)
        {
            case BareItem.Integer integer:
                Integer(integer.Value);
                break;
            case BareItem.Decimal value:
                Decimal(value.Value);
                break;
            case BareItem.Text text:
                Demand(text.Value.All(FieldCharacters.IsPrintable), "string");
                _text.Append('"')
                    .Append(text.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
                    .Append('"');
                break;
            case BareItem.Token { Value: var token }:
                Demand(token.Length > 0 && FieldCharacters.StartsToken(token[0]) && !token.AsSpan().ContainsAnyExcept(FieldCharacters.Token), "token");
                _text.Append(token);
                break;
            case BareItem.Binary binary:
                _text.Append(':').Append(Convert.ToBase64String(binary.Value.Span)).Append(':');
                break;
            case BareItem.Boolean boolean:
                _text.Append(boolean.Value ? "?1" : "?0");
                break;
            case BareItem.Date date:
                _text.Append('@');
                Integer(date.UnixSeconds);
                break;
            case BareItem.DisplayString display:
                DisplayString(display.Value);
                break;
        }

        return this;
    }

    /// <summary>Section 4.1.4.</summary>
    private void Integer(long value)
    {
        Demand(value is >= -MaxInteger and <= MaxInteger, "integer");
        _text.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Section 4.1.5: rounded to three digits, half to even; at least one digit after the point.</summary>
    private void Decimal(decimal value)
    {
        var rounded = Math.Round(value, 3, MidpointRounding.ToEven);
        Demand(rounded is >= -MaxDecimal and <= MaxDecimal, "decimal");
        _text.Append(rounded == 0 ? "0.0" : rounded.ToString("0.0##", CultureInfo.InvariantCulture));
    }

    /// <summary>Section 4.1.11.</summary>
    private void DisplayString(string value)
    {
        byte[] utf8;
        try
        {
            utf8 = FieldCharacters.StrictUtf8.GetBytes(value);
        }
        catch (EncoderFallbackException notUnicode)
        {
            throw new ArgumentException("The display string is not Unicode text.", nameof(value), notUnicode);
        }

        _text.Append("%\"");
        foreach (var unit in utf8)
        {
            if (unit is (byte)'%' or (byte)'"' || !FieldCharacters.IsPrintable((char)unit))
            {
                _text.Append('%').Append(unit.ToString("x2", CultureInfo.InvariantCulture));
            }
            else
            {
                _text.Append((char)unit);
            }
        }

        _text.Append('"');
    }

    private static void Demand([DoesNotReturnIf(false)] bool carried, string what)
    {
        if (!carried)
        {
            throw new ArgumentException($"No structured field can carry this {what} (RFC 9651, section 4.1).");
        }
    }
}
