using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.StructuredFields;

/// <summary>Structured Field Values for HTTP, RFC 9651: parsing (section 4.2) and the canonical form (section 4.1).</summary>
public static class StructuredField
{
    /// <summary>Joins the lines of one field as section 4.2 says; a field that is absent is the empty value.</summary>
    public static string Combine(IEnumerable<string> lines) => string.Join(", ", lines);

    /// <summary>Section 4.2.3, over the whole value; false for anything else, non-ASCII included.</summary>
    public static bool TryParseItem(ReadOnlySpan<char> value, [NotNullWhen(true)] out FieldItem? item)
    {
        var parser = new FieldParser(value);
        parser.DiscardSpaces();
        return parser.TryItem(out item) && parser.TryEnd();
    }

    /// <summary>Section 4.2.1; the empty value is the empty list.</summary>
    public static bool TryParseList(ReadOnlySpan<char> value, [NotNullWhen(true)] out IReadOnlyList<FieldMember>? list)
    {
        var parser = new FieldParser(value);
        parser.DiscardSpaces();
        return parser.TryList(out list) && parser.TryEnd();
    }

    /// <summary>Section 4.2.2; the empty value is the empty dictionary.</summary>
    public static bool TryParseDictionary(ReadOnlySpan<char> value, [NotNullWhen(true)] out FieldDictionary? dictionary)
    {
        var parser = new FieldParser(value);
        parser.DiscardSpaces();
        return parser.TryDictionary(out dictionary) && parser.TryEnd();
    }

    /// <summary>Section 4.1.3.</summary>
    /// <exception cref="ArgumentException">A value or key that no field can carry.</exception>
    public static string Serialize(FieldItem item) => new FieldWriter().Member(item).ToString();

    /// <summary>Section 4.1.1.1.</summary>
    /// <exception cref="ArgumentException">A value or key that no field can carry.</exception>
    public static string Serialize(InnerList innerList) => new FieldWriter().Member(innerList).ToString();

    /// <summary>Section 4.1.1.2: the parameters with their leading ";", empty when there are none.</summary>
    /// <exception cref="ArgumentException">A value or key that no field can carry.</exception>
    public static string Serialize(Parameters parameters) => new FieldWriter().Parameters(parameters).ToString();

    /// <summary>Section 4.1.1; empty for the empty list, whose field is not sent at all.</summary>
    /// <exception cref="ArgumentException">A value or key that no field can carry.</exception>
    public static string Serialize(IReadOnlyList<FieldMember> list) => new FieldWriter().List(list).ToString();

    /// <summary>Section 4.1.2; empty for the empty dictionary, whose field is not sent at all.</summary>
    /// <exception cref="ArgumentException">A value or key that no field can carry.</exception>
    public static string Serialize(FieldDictionary dictionary) => new FieldWriter().Dictionary(dictionary).ToString();
}
