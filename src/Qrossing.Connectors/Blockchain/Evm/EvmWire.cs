using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Qrossing.Connectors.Blockchain.Evm.Rpc;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Transactions;

// The shapes of the Ethereum execution API (ethereum/execution-apis at v1.0.0-beta.4) over JSON-RPC 2.0 (jsonrpc.org/specification).
// Members that are not used here are not read. Quantities are BigInteger or long, data is byte[]: see the converters.
namespace Qrossing.Connectors.Blockchain.Evm;

/// <summary>A request (JSON-RPC 2.0 section 4).</summary>
internal sealed record RpcRequest
{
    [JsonPropertyName("jsonrpc")]
    public string JsonRpc { get; } = "2.0";

    public required int Id { get; init; }

    public required string Method { get; init; }

    public required JsonArray Params { get; init; }
}

/// <summary>An error object (JSON-RPC 2.0 section 5.1).</summary>
/// <param name="Code">A number whose meaning depends on the node.</param>
/// <param name="Message">The node's text.</param>
/// <param name="Data">Whatever the node adds; of a revert, its return data.</param>
internal sealed record RpcError(string Code, string Message, JsonElement Data);

/// <summary>
/// <c>GenericTransaction</c>: what is simulated, planned (without nonce) and signed (with it). Of <see cref="MaxFeePerGas"/> and
/// <see cref="GasPrice"/> one is set once fees are known.
/// </summary>
internal sealed record RpcTransaction
{
    public required string From { get; init; }

    public required string To { get; init; }

    public required BigInteger Value { get; init; }

    public required byte[] Data { get; init; }

    public long? Gas { get; init; }

    public BigInteger? MaxFeePerGas { get; init; }

    public BigInteger? MaxPriorityFeePerGas { get; init; }

    /// <summary>On chains without EIP-1559.</summary>
    public BigInteger? GasPrice { get; init; }

    public long? Nonce { get; init; }

    /// <summary>The transaction to sign.</summary>
    /// <exception cref="InvalidOperationException">Gas, fees or nonce are missing: it was never planned.</exception>
    public EthereumTransaction ToEthereum(long chainId)
    {
        if (Gas is not { } gas || Nonce is not { } nonce || !EthereumAddress.TryParse(To, out var to))
        {
            throw new InvalidOperationException("The transaction is not planned.");
        }

        return (MaxFeePerGas, MaxPriorityFeePerGas, GasPrice) switch
        {
            ({ } most, { } tip, null) => new DynamicFeeTransaction
            {
                ChainId = chainId,
                Nonce = (ulong)nonce,
                MaxFeePerGas = most,
                MaxPriorityFeePerGas = tip,
                GasLimit = (ulong)gas,
                To = to,
                Value = Value,
                Data = Data,
            },
            (null, null, { } price) => new LegacyTransaction
            {
                ChainId = chainId,
                Nonce = (ulong)nonce,
                GasPrice = price,
                GasLimit = (ulong)gas,
                To = to,
                Value = Value,
                Data = Data,
            },
            _ => throw new InvalidOperationException("The transaction has no fees, or two kinds of them."),
        };
    }
}

/// <summary><c>Block</c> without its transactions.</summary>
internal sealed record RpcBlock
{
    public required long Number { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>Seconds since 1970, at most those of the year 9999.</summary>
    [JsonPropertyName("timestamp")]
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset Time { get; init; }

    /// <summary>Absent on chains without EIP-1559.</summary>
    public BigInteger? BaseFeePerGas { get; init; }
}

/// <summary>The result of <c>eth_feeHistory</c>.</summary>
internal sealed record RpcFeeHistory
{
    /// <summary>One more than the blocks asked for: the last is the next block's.</summary>
    public required IReadOnlyList<BigInteger> BaseFeePerGas { get; init; }

    /// <summary>For each block the percentiles asked for; 0 for an empty block.</summary>
    public IReadOnlyList<IReadOnlyList<BigInteger>>? Reward { get; init; }
}

/// <summary><c>ReceiptInfo</c>.</summary>
internal sealed record RpcReceipt
{
    public required byte[] TransactionHash { get; init; }

    public required byte[] BlockHash { get; init; }

    public required long BlockNumber { get; init; }

    /// <summary>1 did what it should, 0 reverted (EIP-658).</summary>
    public required long Status { get; init; }

    public required BigInteger GasUsed { get; init; }

    public BigInteger? EffectiveGasPrice { get; init; }
}

/// <summary><c>TransactionInfo</c>.</summary>
internal sealed record RpcTransactionInfo
{
    public required byte[] Hash { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(QuantityConverter), typeof(NumberConverter), typeof(DataConverter)])]
[JsonSerializable(typeof(RpcRequest))]
[JsonSerializable(typeof(RpcTransaction))]
[JsonSerializable(typeof(RpcBlock))]
[JsonSerializable(typeof(RpcFeeHistory))]
[JsonSerializable(typeof(RpcReceipt))]
[JsonSerializable(typeof(RpcTransactionInfo))]
[JsonSerializable(typeof(BigInteger))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class EvmJson : JsonSerializerContext;
