using System.Numerics;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>What the typed transactions (EIP-2718) share: chain, access list, and the parity of the signature in place of v.</summary>
public abstract record TypedTransaction : EthereumTransaction
{
    private protected TypedTransaction()
    {
    }

    /// <summary>The chain that the signature is bound to.</summary>
    public required BigInteger ChainId { get; init; }

    /// <summary>Accounts and slots that are paid for in advance.</summary>
    public IReadOnlyList<AccessListEntry> AccessList { get; init; } = [];

    internal override IReadOnlyList<AccessListEntry> Announced => AccessList;

    internal override IReadOnlyList<RlpItem> SignedFields(TransactionSignature signature) =>
        [.. SigningFields(), RlpItem.Of((ulong)signature.YParity), RlpItem.Of(signature.R), RlpItem.Of(signature.S)];

    /// <summary>The fields from the gas limit to the access list, the same in all types.</summary>
    private protected IReadOnlyList<RlpItem> CallFields() =>
    [
        RlpItem.Of(GasLimit), Recipient(), RlpItem.Of(Value), RlpItem.Of(Data),
        RlpItem.List([.. AccessList.Select(entry => entry.ToRlp())]),
    ];
}
