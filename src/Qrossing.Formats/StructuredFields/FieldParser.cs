using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.StructuredFields;

/// <summary>The structure steps of RFC 9651, section 4.2; bare items are in FieldParser.BareItems.cs.</summary>
internal ref partial struct FieldParser(ReadOnlySpan<char> field)
{
    private ReadOnlySpan<char> _rest = field;

    /// <summary>Section 4.2, step 8: only spaces may follow.</summary>
    public bool TryEnd()
    {
        DiscardSpaces();
        return _rest.IsEmpty;
    }

    public void DiscardSpaces() => _rest = _rest.TrimStart(' ');

    /// <summary>Section 4.2.1.</summary>
    public bool TryList([NotNullWhen(true)] out IReadOnlyList<FieldMember>? list)
    {
        var members = new List<FieldMember>();
        list = members;
        while (!_rest.IsEmpty)
        {
            if (!TryItemOrInnerList(out var member))
            {
                return false;
            }

            members.Add(member);
            if (!TryNextMember())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Section 4.2.2.</summary>
    public bool TryDictionary([NotNullWhen(true)] out FieldDictionary? dictionary)
    {
        dictionary = [];
        while (!_rest.IsEmpty)
        {
            if (!TryKey(out var key) || !TryDictionaryValue(out var member))
            {
                return false;
            }

            dictionary[key] = member;
            if (!TryNextMember())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Section 4.2.3.</summary>
    public bool TryItem([NotNullWhen(true)] out FieldItem? item)
    {
        item = null;
        if (!TryBareItem(out var value) || !TryParameters(out var parameters))
        {
            return false;
        }

        item = new FieldItem(value, parameters);
        return true;
    }

    /// <summary>A key without value is the Boolean true, and may have parameters.</summary>
    private bool TryDictionaryValue([NotNullWhen(true)] out FieldMember? member)
    {
        if (TryTake('='))
        {
            return TryItemOrInnerList(out member);
        }

        member = null;
        if (!TryParameters(out var parameters))
        {
            return false;
        }

        member = new FieldItem(new BareItem.Boolean(true), parameters);
        return true;
    }

    /// <summary>Sections 4.2.1 and 4.2.2, the comma: whitespace around it, and something after it.</summary>
    private bool TryNextMember()
    {
        DiscardOptionalWhitespace();
        if (_rest.IsEmpty)
        {
            return true;
        }

        if (!TryTake(','))
        {
            return false;
        }

        DiscardOptionalWhitespace();
        return !_rest.IsEmpty;
    }

    /// <summary>Section 4.2.1.1.</summary>
    private bool TryItemOrInnerList([NotNullWhen(true)] out FieldMember? member)
    {
        bool parsed;
        if (TryTake('('))
        {
            parsed = TryInnerList(out var innerList);
            member = innerList;
        }
        else
        {
            parsed = TryItem(out var item);
            member = item;
        }

        return parsed && member is not null;
    }

    /// <summary>Section 4.2.1.2, after the opening parenthesis.</summary>
    private bool TryInnerList(out InnerList? innerList)
    {
        innerList = null;
        var items = new List<FieldItem>();
        while (true)
        {
            DiscardSpaces();
            if (TryTake(')'))
            {
                if (!TryParameters(out var parameters))
                {
                    return false;
                }

                innerList = new InnerList(items, parameters);
                return true;
            }

            if (!TryItem(out var item) || _rest is not [' ' or ')', ..])
            {
                return false;
            }

            items.Add(item);
        }
    }

    /// <summary>Section 4.2.3.2.</summary>
    private bool TryParameters([NotNullWhen(true)] out Parameters? parameters)
    {
        parameters = [];
        while (TryTake(';'))
        {
            DiscardSpaces();
            if (!TryKey(out var key))
            {
                return false;
            }

            BareItem? value = new BareItem.Boolean(true);
            if (TryTake('=') && !TryBareItem(out value))
            {
                return false;
            }

            parameters[key] = value;
        }

        return true;
    }

    /// <summary>Section 4.2.3.3.</summary>
    private bool TryKey([NotNullWhen(true)] out string? key)
    {
        key = null;
        if (_rest.IsEmpty || !FieldCharacters.StartsKey(_rest[0]))
        {
            return false;
        }

        key = Take(LengthOf(_rest.IndexOfAnyExcept(FieldCharacters.Key))).ToString();
        return true;
    }

    private void DiscardOptionalWhitespace() => _rest = _rest.TrimStart(" \t");

    private bool TryTake(char expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private ReadOnlySpan<char> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    /// <summary>The end found by a search, or all of the rest when it found none.</summary>
    private readonly int LengthOf(int end) => end < 0 ? _rest.Length : end;
}
