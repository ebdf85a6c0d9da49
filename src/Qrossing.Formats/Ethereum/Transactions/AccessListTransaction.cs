using System.Numerics;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>A transaction with access list (EIP-2930).</summary>
public sealed record AccessListTransaction : TypedTransaction
{
    public override TransactionType Type => TransactionType.AccessList;

    /// <summary>Wei paid for one unit of gas.</summary>
    public required BigInteger GasPrice { get; init; }

    public override BigInteger HighestGasPrice => GasPrice;

    internal override IEnumerable<BigInteger> Amounts => [Value, GasPrice, ChainId];

    internal override IReadOnlyList<RlpItem> SigningFields() =>
        [RlpItem.Of(ChainId), RlpItem.Of(Nonce), RlpItem.Of(GasPrice), .. CallFields()];
}
