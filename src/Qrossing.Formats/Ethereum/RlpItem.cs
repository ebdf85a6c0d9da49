using System.Numerics;

namespace Qrossing.Formats.Ethereum;

/// <summary>An item of RLP: a string of bytes, or a list of items at most <see cref="Rlp.MaxDepth"/> deep.</summary>
public sealed class RlpItem
{
    private readonly IReadOnlyList<RlpItem>? _items;

    private RlpItem(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        PayloadLength = bytes.Length;
    }

    private RlpItem(IReadOnlyList<RlpItem> items)
    {
        _items = items;
        foreach (var item in items)
        {
            PayloadLength += Rlp.EncodedLength(item);
            Depth = Math.Max(Depth, item.Depth);
        }

        Depth++;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Depth, Rlp.MaxDepth, nameof(items));
    }

    /// <summary>The empty string, which is also the integer zero.</summary>
    public static RlpItem Empty { get; } = new(ReadOnlyMemory<byte>.Empty);

    /// <summary>The empty list.</summary>
    public static RlpItem EmptyList { get; } = new([]);

    /// <summary>Whether this is a list.</summary>
    public bool IsList => _items is not null;

    /// <summary>The bytes of a string; none for a list.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The items of a list; none for a string.</summary>
    public IReadOnlyList<RlpItem> Items => _items ?? [];

    // Known from construction on, so that encoding measures nothing twice and recursion over any item is bounded.
    internal long PayloadLength { get; }

    internal int Depth { get; }

    /// <summary>A string of bytes.</summary>
    public static RlpItem Of(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>An integer of 64 bits: big-endian without leading zeros.</summary>
    public static RlpItem Of(ulong integer) => Of(new BigInteger(integer));

    /// <summary>An integer, not negative: big-endian without leading zeros.</summary>
    public static RlpItem Of(BigInteger integer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(integer);
        return integer.IsZero ? Empty : new(integer.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    /// <summary>A list of items.</summary>
    public static RlpItem List(params IReadOnlyList<RlpItem> items) => new(items);
}
