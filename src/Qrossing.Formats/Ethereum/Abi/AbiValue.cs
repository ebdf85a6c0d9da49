using System.Numerics;

namespace Qrossing.Formats.Ethereum.Abi;

/// <summary>A value of the contract ABI: a closed union of its nested records. It does not know its type; the encoder checks that it fits one.</summary>
public abstract record AbiValue
{
    private AbiValue()
    {
    }

    /// <summary>For <c>uintN</c> and <c>intN</c>.</summary>
    public sealed record Integer(BigInteger Value) : AbiValue;

    /// <summary>For <c>bool</c>.</summary>
    public sealed record Boolean(bool Value) : AbiValue;

    /// <summary>For <c>address</c>.</summary>
    public sealed record Address(EthereumAddress Value) : AbiValue;

    /// <summary>For <c>bytesN</c> and <c>bytes</c>.</summary>
    public sealed record Bytes(ReadOnlyMemory<byte> Value) : AbiValue
    {
        public bool Equals(Bytes? other) => other is not null && Value.Span.SequenceEqual(other.Value.Span);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(Value.Span);
            return hash.ToHashCode();
        }
    }

    /// <summary>For <c>string</c>.</summary>
    public sealed record Text(string Value) : AbiValue;

    /// <summary>For arrays and tuples.</summary>
    public sealed record Sequence(params IReadOnlyList<AbiValue> Items) : AbiValue
    {
        public bool Equals(Sequence? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var item in Items)
            {
                hash.Add(item);
            }

            return hash.ToHashCode();
        }
    }
}
