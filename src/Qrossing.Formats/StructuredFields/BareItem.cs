namespace Qrossing.Formats.StructuredFields;

/// <summary>A bare item of RFC 9651, section 3.3. The nested types are all there are.</summary>
public abstract record BareItem
{
    private BareItem()
    {
    }

    /// <summary>Section 3.3.1: at most 15 digits.</summary>
    public sealed record Integer(long Value) : BareItem;

    /// <summary>Section 3.3.2: at most 12 digits before the point; written with at most 3 after it, rounded half to even.</summary>
    public sealed record Decimal(decimal Value) : BareItem;

    /// <summary>Section 3.3.3: printable ASCII.</summary>
    public sealed record Text(string Value) : BareItem;

    /// <summary>Section 3.3.4: starts with a letter or "*".</summary>
    public sealed record Token(string Value) : BareItem;

    /// <summary>Section 3.3.5: bytes, written as base64 between colons.</summary>
    public sealed record Binary(ReadOnlyMemory<byte> Value) : BareItem
    {
        public bool Equals(Binary? other) => other is not null && Value.Span.SequenceEqual(other.Value.Span);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(Value.Span);
            return hash.ToHashCode();
        }
    }

    /// <summary>Section 3.3.6.</summary>
    public sealed record Boolean(bool Value) : BareItem;

    /// <summary>Section 3.3.7: seconds since 1970-01-01T00:00:00Z, without leap seconds; at most 15 digits.</summary>
    public sealed record Date(long UnixSeconds) : BareItem;

    /// <summary>Section 3.3.8: Unicode text.</summary>
    public sealed record DisplayString(string Value) : BareItem;
}
