namespace Qrossing.Formats.StructuredFields;

/// <summary>A member of a list or dictionary: <see cref="FieldItem"/> or <see cref="InnerList"/> (RFC 9651, sections 3.1 and 3.2).</summary>
public abstract record FieldMember
{
    private protected FieldMember(Parameters? parameters) => Parameters = parameters ?? [];

    /// <summary>Section 3.1.2.</summary>
    public Parameters Parameters { get; }
}

/// <summary>RFC 9651, section 3.3: a bare item with parameters.</summary>
public sealed record FieldItem : FieldMember
{
    public FieldItem(BareItem value, Parameters? parameters = null)
        : base(parameters) => Value = value;

    public BareItem Value { get; }
}

/// <summary>RFC 9651, section 3.1.1: a list of items inside a list or dictionary, with parameters.</summary>
public sealed record InnerList : FieldMember
{
    public InnerList(IReadOnlyList<FieldItem> items, Parameters? parameters = null)
        : base(parameters) => Items = items;

    public IReadOnlyList<FieldItem> Items { get; }
}
