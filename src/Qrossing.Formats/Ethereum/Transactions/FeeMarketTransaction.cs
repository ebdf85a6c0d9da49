using System.Numerics;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>What the transactions of the fee market (EIP-1559) share: a cap, and a priority fee within it.</summary>
public abstract record FeeMarketTransaction : TypedTransaction
{
    private protected FeeMarketTransaction()
    {
    }

    /// <summary>Wei for one unit of gas that go to the proposer; at most <see cref="MaxFeePerGas"/>.</summary>
    public required BigInteger MaxPriorityFeePerGas { get; init; }

    /// <summary>The most wei paid for one unit of gas, base fee included.</summary>
    public required BigInteger MaxFeePerGas { get; init; }

    public override BigInteger HighestGasPrice => MaxFeePerGas;

    internal override IEnumerable<BigInteger> Amounts => [Value, MaxPriorityFeePerGas, MaxFeePerGas, ChainId];

    private protected IReadOnlyList<RlpItem> FeeMarketFields() =>
    [
        RlpItem.Of(ChainId), RlpItem.Of(Nonce), RlpItem.Of(MaxPriorityFeePerGas), RlpItem.Of(MaxFeePerGas), .. CallFields(),
    ];
}
