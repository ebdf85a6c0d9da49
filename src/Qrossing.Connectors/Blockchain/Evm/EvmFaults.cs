using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Blockchain.Evm.Rpc;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Abi;

namespace Qrossing.Connectors.Blockchain.Evm;

/// <summary>What nodes answer as faults; the table is in the README.</summary>
internal static class EvmFaults
{
    // A revert's reason is the contract's text, as long as it likes.
    private const int MaxPeerText = 1_000;

    // Somebody has to top the account up first.
    private static readonly TimeSpan FundsRetryAfter = TimeSpan.FromSeconds(15);

    public static readonly Fault AddressInvalid = Fault.Of(FaultKind.Invalid, "chains.address_invalid");

    /// <summary>The secret cannot stand in a header: a line break, or a character outside ASCII.</summary>
    public static readonly Fault SecretUnusable = Fault.Of(FaultKind.Unavailable, "secrets.unreadable");

    /// <summary>A read's reply that is none: no JSON, cut short, another request's id, a result of another shape.</summary>
    public static readonly Fault UnreadableRead = Fault.Of(FaultKind.Unavailable, "chains.unreadable_reply");

    /// <summary>The same of a write: it may have happened.</summary>
    public static readonly Fault UnreadableWrite = Fault.Of(FaultKind.Indeterminate, "chains.unreadable_reply");

    public static Fault CallInvalid(string why) => Fault.Of(FaultKind.Invalid, "chains.call_invalid", Shortened(why));

    /// <summary>The transaction breaks a rule that no node's state can mend.</summary>
    public static Fault Refused(string rule) => Fault.Of(FaultKind.Rejected, "chains.refused", rule);

    public static Fault WrongChain(BigInteger answered) => Fault.Of(FaultKind.Unavailable, "chains.wrong_chain", $"The endpoint answers for eip155:{answered}.");

    /// <summary>The connection serves another chain than the transaction was signed for: nothing it could answer would be about it.</summary>
    public static Fault OtherChain(string wanted) => Fault.Of(FaultKind.Unavailable, "chains.wrong_chain", $"The transaction is one of {wanted}.");

    public static Fault InsufficientFunds(BigInteger balance, BigInteger cost) =>
        Fault.Of(FaultKind.RateLimited, "chains.insufficient_funds", $"The balance is {balance}, up to {cost} are needed.") with { RetryAfter = FundsRetryAfter };

    public static Fault FeeAboveCap(BigInteger baseFee) =>
        Fault.Of(FaultKind.RateLimited, "chains.fee_above_cap", $"The chain asks for {baseFee} wei per unit of gas.") with { RetryAfter = FundsRetryAfter };

    /// <summary>What the reply to a read means; null when it has a result.</summary>
    public static Fault? OfRead(RpcReply reply)
    {
        if (OfStatus(reply) is { } refusal)
        {
            return refusal;
        }

        if (reply.Error is { } error)
        {
            return OfError(error, reply, NodeMessages.Read(error) switch
            {
                NodeMessage.Reverted => (FaultKind.Rejected, "chains.reverted"),
                NodeMessage.InsufficientFunds => (FaultKind.RateLimited, "chains.insufficient_funds"),
                NodeMessage.NotNow => (FaultKind.RateLimited, "chains.rpc_failed"),
                NodeMessage.Refused => (FaultKind.Rejected, "chains.refused"),
                _ => (FaultKind.Unavailable, "chains.rpc_failed"),
            });
        }

        return reply switch
        {
            { IsSuccess: false } => Of(FaultKind.Unavailable, "chains.rpc_failed", reply),
            { Result.ValueKind: JsonValueKind.Undefined } => UnreadableRead,
            _ => null,
        };
    }

    /// <summary>
    /// What the reply to a sent transaction means; null when the node has it. Only an error that says so itself is a refusal: an HTTP status
    /// speaks for whatever stands in front of the node, and sending the same bytes again is harmless, giving up on them is not.
    /// </summary>
    public static Fault? OfWrite(RpcReply reply)
    {
        if (OfStatus(reply) is { } refusal)
        {
            return refusal;
        }

        if (reply.Status >= 500)
        {
            return Of(FaultKind.Indeterminate, "chains.rpc_failed", reply);
        }

        if (reply.Error is { } error)
        {
            var meaning = NodeMessages.Read(error);
            return meaning == NodeMessage.AlreadyKnown ? null : OfError(error, reply, meaning switch
            {
                NodeMessage.NonceTooLow => (FaultKind.Indeterminate, "chains.nonce_too_low"),
                NodeMessage.ReplacementUnderpriced => (FaultKind.Indeterminate, "chains.replacement_underpriced"),
                NodeMessage.InsufficientFunds => (FaultKind.RateLimited, "chains.insufficient_funds"),
                NodeMessage.Reverted => (FaultKind.Rejected, "chains.reverted"),
                NodeMessage.NotNow => (FaultKind.RateLimited, "chains.rpc_failed"),
                NodeMessage.Refused => (FaultKind.Rejected, "chains.refused"),
                _ => (FaultKind.Indeterminate, "chains.rpc_failed"),
            });
        }

        return reply switch
        {
            { IsSuccess: false } => Of(FaultKind.Indeterminate, "chains.rpc_failed", reply),
            { Result.ValueKind: JsonValueKind.Undefined } => UnreadableWrite,
            _ => null,
        };
    }

    /// <summary>The statuses by which providers turn us away at the door, before any node sees the request.</summary>
    private static Fault? OfStatus(RpcReply reply) => reply.Status switch
    {
        429 => Of(FaultKind.RateLimited, "chains.rpc_failed", reply),
        401 or 403 or 407 => Of(FaultKind.Unauthorized, "chains.rpc_failed", reply),
        _ => null,
    };

    private static Fault Of(FaultKind kind, string code, RpcReply reply) => new()
    {
        Kind = kind,
        Code = code,
        RetryAfter = reply.RetryAfter,
        PeerCode = reply.Status.ToString(CultureInfo.InvariantCulture),
    };

    private static Fault OfError(RpcError error, RpcReply reply, (FaultKind Kind, string Code) meaning) => new()
    {
        Kind = meaning.Kind,
        Code = meaning.Code,
        RetryAfter = meaning.Code == "chains.insufficient_funds" ? FundsRetryAfter : reply.RetryAfter,
        PeerCode = Shortened(error.Code),
        PeerText = Shortened(meaning.Code == "chains.reverted" ? ReasonOf(error) : error.Message),
    };

    /// <summary>Why the contract refused: its words, the compiler's panic code, a custom error's bytes, or else the node's text.</summary>
    private static string ReasonOf(RpcError error) => AbiRevert.Read(ReturnDataOf(error.Data)) switch
    {
        AbiRevert.Message { Text: var text } => $"Error: {text}",
        AbiRevert.Panic { Code: var code } => $"Panic: {HexQuantity.Format(code)}",
        AbiRevert.Other { Data: var data } => $"Data: {Hex.Encode(data.Span)}",
        _ => error.Message,
    };

    // geth and its kin: "0x..."; Nethermind and OpenEthereum: "Reverted 0x..."; others an object with the bytes inside.
    private static ReadOnlyMemory<byte> ReturnDataOf(JsonElement data)
    {
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("data", out var inner))
        {
            data = inner;
        }

        var text = data.ValueKind == JsonValueKind.String ? data.GetString()! : "";
        return Hex.TryDecode(text[(text.LastIndexOf(' ') + 1)..], out var bytes) ? bytes : ReadOnlyMemory<byte>.Empty;
    }

    private static string Shortened(string text) => text.Length <= MaxPeerText ? text : text[..MaxPeerText] + "...";
}
