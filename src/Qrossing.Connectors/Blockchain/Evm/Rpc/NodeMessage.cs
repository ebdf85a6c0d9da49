using System.Collections.Frozen;

namespace Qrossing.Connectors.Blockchain.Evm.Rpc;

/// <summary>What a node's error says, whichever node says it.</summary>
internal enum NodeMessage
{
    /// <summary>Nothing that we know.</summary>
    Unknown,

    /// <summary>The node has this very transaction.</summary>
    AlreadyKnown,

    /// <summary>A mined transaction has the nonce: perhaps this one.</summary>
    NonceTooLow,

    /// <summary>A waiting transaction has the nonce and pays no less.</summary>
    ReplacementUnderpriced,

    /// <summary>The balance does not cover value and gas.</summary>
    InsufficientFunds,

    /// <summary>Execution failed.</summary>
    Reverted,

    /// <summary>The node does not take it now: fees have risen, its pool is full, too many requests.</summary>
    NotNow,

    /// <summary>No node will ever take it.</summary>
    Refused,
}

/// <summary>
/// Reads error objects. There is no registry that nodes keep to, so their texts decide: geth (core/txpool/errors.go, core/error.go), Erigon,
/// anvil and reth, Nethermind (AcceptTxResult), Besu (RpcErrorType).
/// </summary>
internal static class NodeMessages
{
    // In this order: "insufficient funds for gas * price + value" also speaks of gas.
    private static readonly (string Fragment, NodeMessage Meaning)[] Fragments =
    [
        ("already known", NodeMessage.AlreadyKnown),
        ("alreadyknown", NodeMessage.AlreadyKnown),
        ("known transaction", NodeMessage.AlreadyKnown),
        ("already imported", NodeMessage.AlreadyKnown),
        ("nonce too low", NodeMessage.NonceTooLow),
        ("nonce is too low", NodeMessage.NonceTooLow),
        ("oldnonce", NodeMessage.NonceTooLow),
        ("replacement transaction underpriced", NodeMessage.ReplacementUnderpriced),
        ("replacementnotallowed", NodeMessage.ReplacementUnderpriced),
        ("could not replace existing tx", NodeMessage.ReplacementUnderpriced),
        ("insufficient funds", NodeMessage.InsufficientFunds),
        ("insufficientfunds", NodeMessage.InsufficientFunds),
        ("upfront cost exceeds account balance", NodeMessage.InsufficientFunds),
        ("execution reverted", NodeMessage.Reverted),
        ("vm execution error", NodeMessage.Reverted),
        ("invalid opcode", NodeMessage.Reverted),
        ("invalid jump", NodeMessage.Reverted),
        ("stack underflow", NodeMessage.Reverted),
        ("stack limit reached", NodeMessage.Reverted),
        ("write protection", NodeMessage.Reverted),
        ("evm error", NodeMessage.Reverted),
        ("out of gas", NodeMessage.Reverted),
        ("transaction underpriced", NodeMessage.NotNow),
        ("less than block base fee", NodeMessage.NotNow),
        ("fee cap less than block", NodeMessage.NotNow),
        ("feetoolow", NodeMessage.NotNow),
        ("gas price below", NodeMessage.NotNow),
        ("txpool is full", NodeMessage.NotNow),
        ("txpool limit", NodeMessage.NotNow),
        ("nonce too high", NodeMessage.NotNow),
        ("nonce too distant", NodeMessage.NotNow),
        ("in-flight transaction limit", NodeMessage.NotNow),
        ("rate limit", NodeMessage.NotNow),
        ("too many requests", NodeMessage.NotNow),
        ("intrinsic gas", NodeMessage.Refused),
        ("insufficient gas for floor", NodeMessage.Refused),
        ("exceeds block gas limit", NodeMessage.Refused),
        ("gas limit too high", NodeMessage.Refused),
        ("gas required exceeds allowance", NodeMessage.Refused),
        ("exceeds the configured cap", NodeMessage.Refused),
        ("invalid sender", NodeMessage.Refused),
        ("invalid signature", NodeMessage.Refused),
        ("invalid chain id", NodeMessage.Refused),
        ("not an eoa", NodeMessage.Refused),
        ("higher than max fee per gas", NodeMessage.Refused),
        ("transaction type not supported", NodeMessage.Refused),
        ("oversized data", NodeMessage.Refused),
        ("nonce has max value", NodeMessage.Refused),
        ("rlp:", NodeMessage.Refused),
        ("failed to decode signed transaction", NodeMessage.Refused),
    ];

    // geth, Erigon, anvil, reth: 3. Nethermind, OpenEthereum: -32015. EIP-1474: -32005. HTTP's number where providers reuse it: 429.
    private static readonly FrozenDictionary<string, NodeMessage> Codes = new Dictionary<string, NodeMessage>
    {
        ["3"] = NodeMessage.Reverted,
        ["-32015"] = NodeMessage.Reverted,
        ["-32005"] = NodeMessage.NotNow,
        ["429"] = NodeMessage.NotNow,
    }.ToFrozenDictionary();

    /// <summary>What the error says; the code only where no text is known.</summary>
    public static NodeMessage Read(RpcError error)
    {
        foreach (var (fragment, meaning) in Fragments)
        {
            if (Says(error.Message, fragment))
            {
                return meaning;
            }
        }

        return Codes.GetValueOrDefault(error.Code, NodeMessage.Unknown);
    }

    /// <summary>At the start of a word: "unknown transaction type" is not about a known transaction.</summary>
    private static bool Says(string message, string fragment)
    {
        var at = message.IndexOf(fragment, StringComparison.OrdinalIgnoreCase);
        return at == 0 || (at > 0 && !char.IsAsciiLetter(message[at - 1]));
    }
}
