using System.Globalization;
using System.Text.Json;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Blockchain.Evm.Contracts;
using Qrossing.Connectors.Blockchain.Evm.Rpc;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Transactions;

namespace Qrossing.Connectors.Blockchain.Evm.Transactions;

/// <summary>Turns a wish into a transaction that lacks only its nonce.</summary>
internal static class TransactionPlanner
{
    // EIP-7825: no transaction may have more gas from the Osaka fork on. A margin must not push one over it that fits.
    private const long MaxTransactionGas = 1 << 24;

    private const long TransferGas = 21_000;

    /// <summary>The transaction without gas, fees and nonce. Pure. Faults: <c>chains.address_invalid</c>, <c>chains.call_invalid</c>.</summary>
    public static ConnectorResult<RpcTransaction> Read(PrepareTransaction request)
    {
        if (!EthereumAddress.TryParse(request.From, out var from) || !EthereumAddress.TryParse(request.To, out var to))
        {
            return EvmFaults.AddressInvalid;
        }

        if (request.Value.Sign < 0 || request.Value.GetBitLength() > 256)
        {
            return EvmFaults.CallInvalid("The value is not in 0..2^256-1.");
        }

        var data = DataOf(request, to);
        return data.IsSuccess
            ? new RpcTransaction { From = from.ToString(), To = to.ToString(), Value = request.Value, Data = data.Value }
            : data.Fault;
    }

    /// <summary>(1) Simulation. (2) Fees. (3) Next nonce. (4) Rules that hold in any state. (5) Balance.</summary>
    public static async ValueTask<ConnectorResult<TransactionPlan>> PlanAsync(RpcTransaction transaction, EvmNode node, EvmOptions options, CancellationToken cancellationToken)
    {
        var estimate = await node.EstimateGasAsync(transaction, cancellationToken);
        if (!estimate.IsSuccess)
        {
            return estimate.Fault;
        }

        var fees = await FeeQuote.AskAsync(node, options, cancellationToken);
        if (!fees.IsSuccess)
        {
            return fees.Fault;
        }

        var nonce = await node.NextNonceAsync(transaction.From, EvmNode.Pending, cancellationToken);
        if (!nonce.IsSuccess)
        {
            return nonce.Fault;
        }

        var gas = WithMargin(estimate.Value);
        var planned = transaction with
        {
            Gas = gas,
            MaxFeePerGas = fees.Value.Tip is null ? null : fees.Value.Highest,
            MaxPriorityFeePerGas = fees.Value.Tip,
            GasPrice = fees.Value.Tip is null ? fees.Value.Highest : null,
        };
        var error = TransactionRules.Check((planned with { Nonce = nonce.Value }).ToEthereum(options.ChainId));
        if (error != TransactionError.None)
        {
            return EvmFaults.Refused(error.ToString());
        }

        var cost = transaction.Value + (gas * fees.Value.Highest);
        var balance = await node.BalanceAsync(transaction.From, EvmNode.Latest, cancellationToken);
        if (!balance.IsSuccess)
        {
            return balance.Fault;
        }

        return balance.Value < cost
            ? EvmFaults.InsufficientFunds(balance.Value, cost)
            : new TransactionPlan
            {
                Chain = EvmConnector.ChainOf(options),
                Fields = JsonSerializer.Serialize(planned, EvmJson.Default.RpcTransaction),
                PeerNonce = nonce.Value,
                MaxCost = cost.ToString(CultureInfo.InvariantCulture),
            };
    }

    private static ConnectorResult<byte[]> DataOf(PrepareTransaction request, EthereumAddress to)
    {
        switch (request)
        {
            case { Call: not null, Data: not null }:
                return EvmFaults.CallInvalid("Both a call and raw data are given.");
            case { Call: { } call }:
                if (!EthereumAddress.TryParse(call.To, out var contract))
                {
                    return EvmFaults.AddressInvalid;
                }

                if (contract != to)
                {
                    return EvmFaults.CallInvalid("The call is to another address than the transaction.");
                }

                var function = ContractFunction.Parse(call.Function);
                return function.IsSuccess ? function.Value.Encode(call.Arguments) : function.Fault;
            case { Data: { } text }:
                return Hex.TryDecode(text, out var data) ? data : EvmFaults.CallInvalid("The data is not 0x and an even number of hex digits.");
            default:
                return Array.Empty<byte>();
        }
    }

    /// <summary>A fifth more, because state may change before the block: what is not used is not paid. A plain transfer always takes the same.</summary>
    private static long WithMargin(long estimate) =>
        estimate <= TransferGas ? estimate : Math.Max(estimate, Math.Min(estimate + (estimate / 5), MaxTransactionGas));
}
