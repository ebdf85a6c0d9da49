using System.Globalization;
using System.Text.Json;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Blockchain.Evm.Contracts;
using Qrossing.Connectors.Blockchain.Evm.Rpc;
using Qrossing.Connectors.Blockchain.Evm.Transactions;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Transactions;

namespace Qrossing.Connectors.Blockchain.Evm;

/// <summary>An Ethereum chain, or any chain with its virtual machine and JSON-RPC. Every method first asks the endpoint which chain it is on.</summary>
[Connector(
    "blockchain.evm",
    Summary = "Reads an EVM chain and brings transactions to it through a node's JSON-RPC.",
    Stability = Stability.Alpha,
    Options = typeof(EvmOptions),
    Data = DataClass.Pseudonymous)]
internal sealed class EvmConnector(EvmOptions options) : IReadsChain, IBuildsTransactions, ISubmitsTransactions, IProbes
{
    private const string UnnamedPeer = "ethereum node";
    private const int MaxPeerName = 128;
    private const int HashLength = 32;

    /// <inheritdoc/>
    public string Chain => ChainOf(options);

    /// <summary>CAIP-2 (namespace eip155).</summary>
    internal static string ChainOf(EvmOptions options) => string.Create(CultureInfo.InvariantCulture, $"eip155:{options.ChainId}");

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<ChainHead>> GetHeadAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        var node = await EvmNode.OpenAsync(options, call, cancellationToken);
        if (!node.IsSuccess)
        {
            return node.Fault;
        }

        var head = await node.Value.LatestBlockAsync(cancellationToken);
        return head.IsSuccess ? HeadOf(head.Value) : head.Fault;
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<AccountBalance>> GetBalanceAsync(string address, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (!EthereumAddress.TryParse(address, out var account))
        {
            return EvmFaults.AddressInvalid;
        }

        var node = await EvmNode.OpenAsync(options, call, cancellationToken);
        if (!node.IsSuccess)
        {
            return node.Fault;
        }

        var head = await node.Value.BlockNumberAsync(cancellationToken);
        if (!head.IsSuccess)
        {
            return head.Fault;
        }

        // At that block, not at "latest" again: the answer names the block that it is true for.
        var balance = await node.Value.BalanceAsync(account.ToString(), HexQuantity.Format((ulong)head.Value), cancellationToken);
        return balance.IsSuccess
            ? new AccountBalance { Address = account.ToString(), Units = balance.Value, Block = head.Value }
            : balance.Fault;
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<ContractReply>> CallContractAsync(ContractCall request, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (!EthereumAddress.TryParse(request.To, out var contract))
        {
            return EvmFaults.AddressInvalid;
        }

        var function = ContractFunction.Parse(request.Function);
        if (!function.IsSuccess)
        {
            return function.Fault;
        }

        var data = function.Value.Encode(request.Arguments);
        if (!data.IsSuccess)
        {
            return data.Fault;
        }

        var node = await EvmNode.OpenAsync(options, call, cancellationToken);
        if (!node.IsSuccess)
        {
            return node.Fault;
        }

        var reply = await node.Value.CallAsync(contract, data.Value, cancellationToken);
        return reply.IsSuccess ? function.Value.Decode(reply.Value) : reply.Fault;
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<TransactionPlan>> PrepareAsync(PrepareTransaction request, ConnectorCall call, CancellationToken cancellationToken)
    {
        var transaction = TransactionPlanner.Read(request);
        if (!transaction.IsSuccess)
        {
            return transaction.Fault;
        }

        var node = await EvmNode.OpenAsync(options, call, cancellationToken);
        return node.IsSuccess ? await TransactionPlanner.PlanAsync(transaction.Value, node.Value, options, cancellationToken) : node.Fault;
    }

    /// <inheritdoc/>
    /// <remarks>The bytes are the planned transaction with its nonce as JSON: unlike the RLP to sign they name the sender, whom <see cref="Assemble"/> insists on.</remarks>
    /// <exception cref="ArgumentException">The plan is not this chain's, or not a plan.</exception>
    public UnsignedTransaction Encode(TransactionPlan plan, long nonce)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nonce);
        if (plan.Chain != Chain)
        {
            throw new ArgumentException($"The plan is for {plan.Chain}, this is {Chain}.", nameof(plan));
        }

        var fields = JsonSerializer.Deserialize(plan.Fields, EvmJson.Default.RpcTransaction) ?? throw new ArgumentException("The plan is empty.", nameof(plan));
        var transaction = fields with { Nonce = nonce };
        return new UnsignedTransaction
        {
            Bytes = JsonSerializer.SerializeToUtf8Bytes(transaction, EvmJson.Default.RpcTransaction),
            Digest = transaction.ToEthereum(options.ChainId).SigningHash(),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The signature is none, or not the sender's: nothing that others could send comes of it.</exception>
    public SignedTransaction Assemble(UnsignedTransaction unsigned, ReadOnlyMemory<byte> signature, int recoveryId)
    {
        var transaction = JsonSerializer.Deserialize(unsigned.Bytes.Span, EvmJson.Default.RpcTransaction) ?? throw new ArgumentException("The transaction is empty.", nameof(unsigned));
        if (!transaction.ToEthereum(options.ChainId).TryAssemble(signature.Span, recoveryId, out var signed))
        {
            throw new ArgumentException("The signature is not valid.", nameof(signature));
        }

        return signed.Sender.ToString() == transaction.From
            ? new SignedTransaction { Raw = signed.Raw, Hash = Hex.Encode(signed.Hash) }
            : throw new ArgumentException("The signature is another account's.", nameof(signature));
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<TransactionStatus>> SubmitAsync(SignedTransaction transaction, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (!SignedEthereumTransaction.TryDecode(transaction.Raw, options.ChainId, out var signed, out var error))
        {
            return EvmFaults.Refused(error.ToString());
        }

        var hash = Hex.Encode(signed.Hash);
        if (hash != transaction.Hash)
        {
            return EvmFaults.Refused("The hash is another transaction's.");
        }

        var node = await EvmNode.OpenAsync(options, call, cancellationToken);
        if (!node.IsSuccess)
        {
            return node.Fault;
        }

        var sent = await node.Value.SendRawAsync(hash, transaction.Raw, cancellationToken);
        return sent.IsSuccess ? new TransactionStatus { Hash = sent.Value, State = TransactionState.Pending } : sent.Fault;
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<Lookup<TransactionStatus>>> LookUpTransactionAsync(TransactionQuery query, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (!EthereumAddress.TryParse(query.From, out var from))
        {
            return EvmFaults.AddressInvalid;
        }

        if (!Hex.TryDecode(query.Hash, HashLength, out var hash) || query.Nonce < 0)
        {
            return EvmFaults.CallInvalid("The hash is not 0x and 64 hex digits, or the nonce is negative.");
        }

        var node = await EvmNode.OpenAsync(options, call, cancellationToken);
        return node.IsSuccess
            ? await new TransactionLookup(node.Value, options).FindAsync(query with { Hash = Hex.Encode(hash), From = from.ToString() }, cancellationToken)
            : node.Fault;
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<PeerHealth>> ProbeAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        var node = await EvmNode.OpenAsync(options, call, cancellationToken);
        if (!node.IsSuccess)
        {
            return node.Fault;
        }

        var head = await node.Value.LatestBlockAsync(cancellationToken);
        if (!head.IsSuccess)
        {
            return head.Fault;
        }

        // Many providers hide what they run: no reason to call them ill.
        var version = await node.Value.ClientVersionAsync(cancellationToken);
        var name = version is { IsSuccess: true, Value.Length: > 0 and <= MaxPeerName } ? version.Value : UnnamedPeer;
        return new PeerHealth
        {
            Peer = name,
            Facts = new Dictionary<string, string>
            {
                ["chain"] = Chain,
                ["block"] = head.Value.Number.ToString(CultureInfo.InvariantCulture),
                ["blockTime"] = HeadOf(head.Value).Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
        };
    }

    private ChainHead HeadOf(RpcBlock block) => new()
    {
        Chain = Chain,
        Number = block.Number,
        Hash = Hex.Encode(block.Hash),
        Time = block.Time,
        BaseFee = block.BaseFeePerGas?.ToString(CultureInfo.InvariantCulture),
    };
}
