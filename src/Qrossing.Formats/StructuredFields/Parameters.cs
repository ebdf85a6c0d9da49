namespace Qrossing.Formats.StructuredFields;

/// <summary>RFC 9651, section 3.1.2: ordered; setting a key again replaces the value and keeps its place.</summary>
public sealed class Parameters : OrderedFieldDictionary<BareItem>;

/// <summary>RFC 9651, section 3.2: ordered; setting a key again replaces the value and keeps its place.</summary>
public sealed class FieldDictionary : OrderedFieldDictionary<FieldMember>;
