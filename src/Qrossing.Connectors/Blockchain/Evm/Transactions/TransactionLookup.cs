using System.Globalization;
using System.Numerics;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Blockchain.Evm.Rpc;
using Qrossing.Formats.Ethereum;

namespace Qrossing.Connectors.Blockchain.Evm.Transactions;

/// <summary>Finds out where a transaction stands.</summary>
internal sealed class TransactionLookup(EvmNode node, EvmOptions options)
{
    /// <summary>
    /// (1) A receipt whose block is on the chain. (2) The transaction in the pool. (3) The account's nonce: not used, then the chain has no such
    /// transaction; used by another one, which counts only once that is as deep in the chain as a transaction that is final: until then a
    /// reorganisation can bring ours back. (4) Behind an endpoint there may be several nodes, of which one lags: before that verdict the receipt is asked for again.
    /// </summary>
    public async ValueTask<ConnectorResult<Lookup<TransactionStatus>>> FindAsync(TransactionQuery query, CancellationToken cancellationToken)
    {
        var receipt = await node.ReceiptAsync(query.Hash, cancellationToken);
        if (!receipt.IsSuccess)
        {
            return receipt.Fault;
        }

        if (receipt.Value.Value is { } found)
        {
            return await JudgeAsync(query, found, cancellationToken);
        }

        var transaction = await node.TransactionAsync(query.Hash, cancellationToken);
        if (!transaction.IsSuccess)
        {
            return transaction.Fault;
        }

        if (transaction.Value.Value is { } known)
        {
            return Hex.Encode(known.Hash) == query.Hash ? Pending(query) : EvmFaults.UnreadableRead;
        }

        var next = await node.NextNonceAsync(query.From, EvmNode.Latest, cancellationToken);
        if (!next.IsSuccess)
        {
            return next.Fault;
        }

        if (next.Value <= query.Nonce)
        {
            return new Lookup<TransactionStatus>.DefinitelyAbsent();
        }

        var head = await node.BlockNumberAsync(cancellationToken);
        if (!head.IsSuccess)
        {
            return head.Fault;
        }

        var settledAt = head.Value - options.Confirmations;
        ConnectorResult<long> settled = settledAt < 0 ? 0L : await node.NextNonceAsync(query.From, settledAt, cancellationToken);
        if (!settled.IsSuccess)
        {
            return settled.Fault;
        }

        var again = await node.ReceiptAsync(query.Hash, cancellationToken);
        if (!again.IsSuccess)
        {
            return again.Fault;
        }

        if (again.Value.Value is { } late)
        {
            return await JudgeAsync(query, late, cancellationToken);
        }

        return settled.Value <= query.Nonce
            ? new Lookup<TransactionStatus>.CannotTell($"Nonce {query.Nonce} is used, and not yet for {options.Confirmations} blocks: a reorganisation, or a lagging node, may still show it to be this transaction.")
            : new Lookup<TransactionStatus>.Superseded($"Another transaction of {query.From} with nonce {query.Nonce} is mined.");
    }

    private static Lookup<TransactionStatus> Pending(TransactionQuery query) =>
        new Lookup<TransactionStatus>.Found(new TransactionStatus { Hash = query.Hash, State = TransactionState.Pending });

    /// <summary>The head is asked for before the block: should the chain reorganise in between, the block decides.</summary>
    private async ValueTask<ConnectorResult<Lookup<TransactionStatus>>> JudgeAsync(TransactionQuery query, RpcReceipt receipt, CancellationToken cancellationToken)
    {
        if (Hex.Encode(receipt.TransactionHash) != query.Hash || receipt.Status is not (0 or 1))
        {
            return EvmFaults.UnreadableRead;
        }

        var head = await node.BlockNumberAsync(cancellationToken);
        if (!head.IsSuccess)
        {
            return head.Fault;
        }

        var block = await node.BlockAsync(receipt.BlockNumber, cancellationToken);
        if (!block.IsSuccess)
        {
            return block.Fault;
        }

        if (block.Value.Value is not { } canonical || !canonical.Hash.AsSpan().SequenceEqual(receipt.BlockHash))
        {
            return new Lookup<TransactionStatus>.CannotTell("The receipt's block is not on the chain that the node shows: a reorganisation, or a lagging node.");
        }

        // A lagging head still knows the block itself.
        var confirmations = Math.Max(1, head.Value - receipt.BlockNumber + 1);
        return new Lookup<TransactionStatus>.Found(new TransactionStatus
        {
            Hash = query.Hash,
            State = receipt.Status == 1 ? TransactionState.Mined : TransactionState.Reverted,
            Block = receipt.BlockNumber,
            BlockHash = Hex.Encode(receipt.BlockHash),
            Confirmations = confirmations,
            Final = confirmations >= options.Confirmations,
            GasUsed = Digits(receipt.GasUsed),
            Fee = receipt.EffectiveGasPrice is { } price ? Digits(receipt.GasUsed * price) : null,
        });
    }

    private static string Digits(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
