using System.Numerics;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>A transaction that commits to blobs (EIP-4844), in the form that blocks contain: blobs and proofs travel beside it.</summary>
public sealed record BlobTransaction : FeeMarketTransaction
{
    /// <summary>Length of a versioned hash in bytes.</summary>
    public const int VersionedHashLength = 32;

    public override TransactionType Type => TransactionType.Blob;

    /// <summary>The most wei paid for one unit of blob gas.</summary>
    public required BigInteger MaxFeePerBlobGas { get; init; }

    /// <summary>The hashes of the blobs' commitments, 32 bytes each, the first of which is 0x01; at least one.</summary>
    public required IReadOnlyList<byte[]> BlobVersionedHashes { get; init; }

    internal override IEnumerable<BigInteger> Amounts => [.. base.Amounts, MaxFeePerBlobGas];

    internal override IReadOnlyList<RlpItem> SigningFields() =>
    [
        .. FeeMarketFields(),
        RlpItem.Of(MaxFeePerBlobGas),
        RlpItem.List([.. BlobVersionedHashes.Select(hash => RlpItem.Of(hash))]),
    ];
}
