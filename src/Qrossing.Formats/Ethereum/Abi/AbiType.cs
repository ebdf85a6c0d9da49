using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Ethereum.Abi;

/// <summary>A type of the contract ABI (Solidity, "Contract ABI Specification"): a closed union of its nested records.</summary>
public abstract record AbiType
{
    /// <summary>Bytes of a word, the unit of the encoding.</summary>
    internal const int WordLength = 32;

    private AbiType()
    {
    }

    /// <summary>The name that goes into signatures: <c>uint256</c>, <c>(address,bytes)[2]</c>.</summary>
    public abstract string CanonicalName { get; }

    /// <summary>Whether values are stored in the tail and only their offset in the head.</summary>
    public abstract bool IsDynamic { get; }

    /// <summary>Bytes that a value takes in the head; a multiple of 32.</summary>
    internal virtual long HeadLength => WordLength;

    /// <summary>Reads a type: elementary types, <c>uint</c> and <c>int</c> for 256 bits, <c>(a,b)</c>, <c>a[]</c>, <c>a[2]</c>. No spaces, no names.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AbiType? type) => AbiTypeParser.TryParse(text, out type);

    /// <summary>As <see cref="TryParse"/>, for types written in code.</summary>
    /// <exception cref="FormatException">The text is no type.</exception>
    public static AbiType Parse(string text) =>
        TryParse(text, out var type) ? type : throw new FormatException($"'{text}' is not an ABI type.");

    public sealed override string ToString() => CanonicalName;

    /// <summary><c>uintN</c> or <c>intN</c>, N a multiple of 8 in 8..256.</summary>
    public sealed record Integer(int Bits, bool IsSigned) : AbiType
    {
        public override string CanonicalName => $"{(IsSigned ? "int" : "uint")}{Bits}";

        public override bool IsDynamic => false;
    }

    /// <summary><c>address</c>.</summary>
    public sealed record Address : AbiType
    {
        public override string CanonicalName => "address";

        public override bool IsDynamic => false;
    }

    /// <summary><c>bool</c>.</summary>
    public sealed record Boolean : AbiType
    {
        public override string CanonicalName => "bool";

        public override bool IsDynamic => false;
    }

    /// <summary><c>bytesN</c>, N in 1..32.</summary>
    public sealed record FixedBytes(int Length) : AbiType
    {
        public override string CanonicalName => $"bytes{Length}";

        public override bool IsDynamic => false;
    }

    /// <summary><c>bytes</c>.</summary>
    public sealed record Bytes : AbiType
    {
        public override string CanonicalName => "bytes";

        public override bool IsDynamic => true;
    }

    /// <summary><c>string</c>, UTF-8.</summary>
    public sealed record Text : AbiType
    {
        public override string CanonicalName => "string";

        public override bool IsDynamic => true;
    }

    /// <summary><c>T[]</c>.</summary>
    public sealed record Array(AbiType Element) : AbiType
    {
        public override string CanonicalName => Element.CanonicalName + "[]";

        public override bool IsDynamic => true;
    }

    /// <summary><c>T[k]</c>, k at least 1.</summary>
    public sealed record FixedArray(AbiType Element, int Length) : AbiType
    {
        // Without setters: what is computed from them below stays true under "with".
        public AbiType Element { get; } = Element;

        public int Length { get; } = Length;

        public override string CanonicalName => $"{Element.CanonicalName}[{Length}]";

        public override bool IsDynamic { get; } = Element.IsDynamic;

        internal override long HeadLength { get; } = Element.IsDynamic ? WordLength : checked(Length * Element.HeadLength);
    }

    /// <summary><c>(T1,T2,...)</c>. Only a whole list of parameters may be empty.</summary>
    public sealed record Tuple(IReadOnlyList<AbiType> Components) : AbiType
    {
        public IReadOnlyList<AbiType> Components { get; } = Components;

        public override string CanonicalName => $"({string.Join(',', Components.Select(component => component.CanonicalName))})";

        public override bool IsDynamic { get; } = Components.Any(component => component.IsDynamic);

        internal override long HeadLength => IsDynamic ? WordLength : ComponentHeadsLength;

        /// <summary>Bytes that the heads of the components take together.</summary>
        internal long ComponentHeadsLength { get; } = Components.Sum(component => component.HeadLength);

        public bool Equals(Tuple? other) => other is not null && Components.SequenceEqual(other.Components);

        public override int GetHashCode() => CanonicalName.GetHashCode(StringComparison.Ordinal);
    }
}
