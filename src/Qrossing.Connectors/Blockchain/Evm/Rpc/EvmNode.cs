using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Qrossing.Abstractions.Connectors;
using Qrossing.Formats.Ethereum;

namespace Qrossing.Connectors.Blockchain.Evm.Rpc;

/// <summary>The node in one call of the connector: the methods that are used of it, with typed answers. It has said that it is on our chain.</summary>
internal sealed class EvmNode
{
    public const string Latest = "latest";
    public const string Pending = "pending";

    private const int FeeHistoryBlocks = 10;
    private const int MedianPercentile = 50;

    private readonly JsonRpcExchange _exchange;

    private EvmNode(JsonRpcExchange exchange) => _exchange = exchange;

    /// <summary>Opens the secrets and asks for the chain id. <c>chains.wrong_chain</c> when it is another one: nothing else was sent.</summary>
    public static async ValueTask<ConnectorResult<EvmNode>> OpenAsync(EvmOptions options, ConnectorCall call, CancellationToken cancellationToken)
    {
        var exchange = await JsonRpcExchange.OpenAsync(options, call, cancellationToken);
        if (!exchange.IsSuccess)
        {
            return exchange.Fault;
        }

        var node = new EvmNode(exchange.Value);
        var chainId = await node.AskAsync("eth_chainId", [], EvmJson.Default.BigInteger, cancellationToken);
        if (!chainId.IsSuccess)
        {
            return chainId.Fault;
        }

        return chainId.Value == options.ChainId ? node : EvmFaults.WrongChain(chainId.Value);
    }

    public ValueTask<ConnectorResult<string>> ClientVersionAsync(CancellationToken cancellationToken) =>
        AskAsync("web3_clientVersion", [], EvmJson.Default.String, cancellationToken);

    public ValueTask<ConnectorResult<long>> BlockNumberAsync(CancellationToken cancellationToken) =>
        AskAsync("eth_blockNumber", [], EvmJson.Default.Int64, cancellationToken);

    public ValueTask<ConnectorResult<RpcBlock>> LatestBlockAsync(CancellationToken cancellationToken) =>
        AskAsync("eth_getBlockByNumber", [Latest, false], EvmJson.Default.RpcBlock, cancellationToken);

    /// <summary>The block of this height on the chain that the node holds for the right one; empty when it has none yet.</summary>
    public ValueTask<ConnectorResult<Maybe<RpcBlock>>> BlockAsync(long number, CancellationToken cancellationToken) =>
        FindAsync("eth_getBlockByNumber", [Quantity(number), false], EvmJson.Default.RpcBlock, cancellationToken);

    public ValueTask<ConnectorResult<BigInteger>> BalanceAsync(string address, string block, CancellationToken cancellationToken) =>
        AskAsync("eth_getBalance", [address, block], EvmJson.Default.BigInteger, cancellationToken);

    /// <summary>How many transactions of the account are in blocks, or with <see cref="Pending"/> in the pool too: its next nonce.</summary>
    public ValueTask<ConnectorResult<long>> NextNonceAsync(string address, string block, CancellationToken cancellationToken) =>
        AskAsync("eth_getTransactionCount", [address, block], EvmJson.Default.Int64, cancellationToken);

    /// <summary>How many transactions of the account are in blocks up to this height.</summary>
    public ValueTask<ConnectorResult<long>> NextNonceAsync(string address, long block, CancellationToken cancellationToken) =>
        NextNonceAsync(address, Quantity(block), cancellationToken);

    /// <summary>Base fees and median tips of the last blocks.</summary>
    public ValueTask<ConnectorResult<RpcFeeHistory>> FeeHistoryAsync(CancellationToken cancellationToken) =>
        AskAsync("eth_feeHistory", [Quantity(FeeHistoryBlocks), Latest, new JsonArray(MedianPercentile)], EvmJson.Default.RpcFeeHistory, cancellationToken);

    public ValueTask<ConnectorResult<BigInteger>> SuggestedTipAsync(CancellationToken cancellationToken) =>
        AskAsync("eth_maxPriorityFeePerGas", [], EvmJson.Default.BigInteger, cancellationToken);

    public ValueTask<ConnectorResult<BigInteger>> GasPriceAsync(CancellationToken cancellationToken) =>
        AskAsync("eth_gasPrice", [], EvmJson.Default.BigInteger, cancellationToken);

    /// <summary>Executes on top of what waits in the pool, and answers the gas it took. A revert is <c>chains.reverted</c>.</summary>
    public ValueTask<ConnectorResult<long>> EstimateGasAsync(RpcTransaction transaction, CancellationToken cancellationToken) =>
        AskAsync("eth_estimateGas", [JsonSerializer.SerializeToNode(transaction, EvmJson.Default.RpcTransaction), Pending], EvmJson.Default.Int64, cancellationToken);

    /// <summary>Executes a call without a sender, and answers its return data.</summary>
    public ValueTask<ConnectorResult<byte[]>> CallAsync(EthereumAddress to, byte[] data, CancellationToken cancellationToken) =>
        AskAsync("eth_call", [new JsonObject { ["to"] = to.ToString(), ["data"] = Hex.Encode(data) }, Latest], EvmJson.Default.ByteArray, cancellationToken);

    public ValueTask<ConnectorResult<Maybe<RpcReceipt>>> ReceiptAsync(string hash, CancellationToken cancellationToken) =>
        FindAsync("eth_getTransactionReceipt", [hash], EvmJson.Default.RpcReceipt, cancellationToken);

    public ValueTask<ConnectorResult<Maybe<RpcTransactionInfo>>> TransactionAsync(string hash, CancellationToken cancellationToken) =>
        FindAsync("eth_getTransactionByHash", [hash], EvmJson.Default.RpcTransactionInfo, cancellationToken);

    /// <summary>Sends the transaction of this hash; a success means that the node has it, now or already.</summary>
    public async ValueTask<ConnectorResult<string>> SendRawAsync(string hash, ReadOnlyMemory<byte> raw, CancellationToken cancellationToken)
    {
        var reply = await _exchange.SendAsync("eth_sendRawTransaction", [Hex.Encode(raw.Span)], cancellationToken);
        if (!reply.IsSuccess)
        {
            return reply.Fault;
        }

        if (EvmFaults.OfWrite(reply.Value) is { } fault)
        {
            return fault;
        }

        // The answer to a new transaction is its hash; that it is known already is told by an error.
        return reply.Value.Error is not null || (TryRead(reply.Value.Result, EvmJson.Default.ByteArray, out var answered) && Hex.Encode(answered) == hash)
            ? hash
            : EvmFaults.UnreadableWrite;
    }

    private static string Quantity(long number) => HexQuantity.Format((ulong)number);

    /// <summary>An answer that must be there.</summary>
    private async ValueTask<ConnectorResult<T>> AskAsync<T>(string method, JsonArray parameters, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        var result = await _exchange.ReadAsync(method, parameters, cancellationToken);
        if (!result.IsSuccess)
        {
            return result.Fault;
        }

        return TryRead(result.Value, shape, out var value) ? value : EvmFaults.UnreadableRead;
    }

    /// <summary>An answer that is JSON null when there is no such thing.</summary>
    private async ValueTask<ConnectorResult<Maybe<T>>> FindAsync<T>(string method, JsonArray parameters, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
        where T : class
    {
        var result = await _exchange.ReadAsync(method, parameters, cancellationToken);
        if (!result.IsSuccess)
        {
            return result.Fault;
        }

        if (result.Value.ValueKind == JsonValueKind.Null)
        {
            return new Maybe<T>(null);
        }

        return TryRead(result.Value, shape, out var value) ? new Maybe<T>(value) : EvmFaults.UnreadableRead;
    }

    private static bool TryRead<T>(JsonElement json, JsonTypeInfo<T> shape, [NotNullWhen(true)] out T? value)
    {
        try
        {
            value = json.Deserialize(shape);
            return value is not null;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
