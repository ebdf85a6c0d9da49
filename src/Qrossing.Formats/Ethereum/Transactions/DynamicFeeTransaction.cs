namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>A transaction of the fee market (EIP-1559).</summary>
public sealed record DynamicFeeTransaction : FeeMarketTransaction
{
    public override TransactionType Type => TransactionType.DynamicFee;

    internal override IReadOnlyList<RlpItem> SigningFields() => FeeMarketFields();
}
