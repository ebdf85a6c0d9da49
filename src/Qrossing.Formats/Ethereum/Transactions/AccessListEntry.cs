namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>An entry of an access list (EIP-2930).</summary>
/// <param name="Address">The account accessed.</param>
/// <param name="StorageKeys">The slots accessed, 32 bytes each.</param>
public sealed record AccessListEntry(EthereumAddress Address, IReadOnlyList<byte[]> StorageKeys)
{
    /// <summary>Length of a storage key in bytes.</summary>
    public const int StorageKeyLength = 32;

    internal RlpItem ToRlp() => RlpItem.List(
        RlpItem.Of(Address.ToArray()),
        RlpItem.List([.. StorageKeys.Select(key => RlpItem.Of(key))]));
}
