using System.Numerics;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Blockchain.Evm.Rpc;

namespace Qrossing.Connectors.Blockchain.Evm.Transactions;

/// <summary>What a transaction offers per unit of gas.</summary>
/// <param name="Highest">The most, all included.</param>
/// <param name="Tip">What of it goes to the proposer; null on chains without EIP-1559.</param>
internal sealed record FeeQuote(BigInteger Highest, BigInteger? Tip)
{
    // The base fee rises by at most an eighth per block: twice the next one holds for six full blocks.
    private const int BaseFeeFactor = 2;

    /// <summary>
    /// (1) A head without base fee means a chain without EIP-1559: the node's gas price. (2) The next block's base fee. (3) The tip: as configured,
    /// else the median of the last blocks' medians, empty blocks left out, else the node's suggestion. (4) Twice the base fee plus the tip, within the cap.
    /// </summary>
    public static async ValueTask<ConnectorResult<FeeQuote>> AskAsync(EvmNode node, EvmOptions options, CancellationToken cancellationToken)
    {
        var head = await node.LatestBlockAsync(cancellationToken);
        if (!head.IsSuccess)
        {
            return head.Fault;
        }

        if (head.Value.BaseFeePerGas is null)
        {
            var price = await node.GasPriceAsync(cancellationToken);
            return price.IsSuccess ? Legacy(price.Value, options.FeeCap) : price.Fault;
        }

        var history = await node.FeeHistoryAsync(cancellationToken);
        if (!history.IsSuccess)
        {
            return history.Fault;
        }

        if (history.Value.BaseFeePerGas is not [.., var baseFee])
        {
            return EvmFaults.UnreadableRead;
        }

        if ((options.Tip ?? MedianTip(history.Value)) is { } tip)
        {
            return Market(baseFee, tip, options.FeeCap);
        }

        var suggested = await node.SuggestedTipAsync(cancellationToken);
        return suggested.IsSuccess ? Market(baseFee, suggested.Value, options.FeeCap) : suggested.Fault;
    }

    private static ConnectorResult<FeeQuote> Legacy(BigInteger price, BigInteger? cap) =>
        price > cap ? EvmFaults.FeeAboveCap(price) : new FeeQuote(price, Tip: null);

    private static ConnectorResult<FeeQuote> Market(BigInteger baseFee, BigInteger tip, BigInteger? cap)
    {
        // Below the next base fee no block can take it: it would only block the nonce.
        if (baseFee > cap)
        {
            return EvmFaults.FeeAboveCap(baseFee);
        }

        var wanted = (BaseFeeFactor * baseFee) + tip;
        var highest = cap is { } limit ? BigInteger.Min(wanted, limit) : wanted;
        return new FeeQuote(highest, BigInteger.Min(tip, highest));
    }

    private static BigInteger? MedianTip(RpcFeeHistory history)
    {
        var tips = (history.Reward ?? []).SelectMany(block => block).Where(tip => tip.Sign > 0).Order().ToList();
        return tips.Count == 0 ? null : tips[tips.Count / 2];
    }
}
