using System.Numerics;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>Reads the fields of a transaction in order. The first fault is kept and everything after it reads as empty.</summary>
internal sealed class TransactionFields(IReadOnlyList<RlpItem> items)
{
    private int _next;

    public TransactionError Error { get; private set; }

    /// <summary>An integer below 2^64.</summary>
    public ulong UInt64() => (ulong)Integer(sizeof(ulong));

    /// <summary>An integer below 2^256.</summary>
    public BigInteger UInt256() => Integer(32);

    /// <summary>Bytes of any length.</summary>
    public ReadOnlyMemory<byte> Bytes() => String(Next());

    /// <summary>An address, or null when empty.</summary>
    public EthereumAddress? Recipient()
    {
        var bytes = Bytes();
        return bytes.IsEmpty ? null : Address(bytes);
    }

    /// <summary>The access list of EIP-2930.</summary>
    public IReadOnlyList<AccessListEntry> AccessList() => [.. List(Next()).Select(AccessListEntry)];

    /// <summary>A list of strings of 32 bytes.</summary>
    public IReadOnlyList<byte[]> Hashes() => Hashes(Next());

    /// <summary>Records a fault found in a value, unless there is one already.</summary>
    public void Fail(TransactionError error) => Error = Error == TransactionError.None ? error : Error;

    private RlpItem Next() => items[_next++];

    private BigInteger Integer(int width)
    {
        var bytes = Bytes().Span;
        if (bytes.Length > width)
        {
            Fail(TransactionError.IntegerOverflow);
            return BigInteger.Zero;
        }

        if (bytes.Length > 0 && bytes[0] == 0)
        {
            Fail(TransactionError.LeadingZeros);
        }

        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private AccessListEntry AccessListEntry(RlpItem item)
    {
        var entry = List(item);
        if (entry.Count != 2)
        {
            Fail(TransactionError.MalformedEncoding);
            return new AccessListEntry(default, []);
        }

        return new AccessListEntry(Address(String(entry[0])), Hashes(entry[1]));
    }

    private EthereumAddress Address(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == EthereumAddress.Length)
        {
            return new EthereumAddress(bytes.Span);
        }

        Fail(TransactionError.WrongLength);
        return default;
    }

    private byte[][] Hashes(RlpItem item) => [.. List(item).Select(Hash)];

    private byte[] Hash(RlpItem item)
    {
        var bytes = String(item);
        if (bytes.Length != Transactions.AccessListEntry.StorageKeyLength)
        {
            Fail(TransactionError.WrongLength);
        }

        return bytes.ToArray();
    }

    private ReadOnlyMemory<byte> String(RlpItem item)
    {
        if (item.IsList)
        {
            Fail(TransactionError.WrongFieldKind);
        }

        return item.Bytes;
    }

    private IReadOnlyList<RlpItem> List(RlpItem item)
    {
        if (!item.IsList)
        {
            Fail(TransactionError.WrongFieldKind);
        }

        return item.Items;
    }
}
