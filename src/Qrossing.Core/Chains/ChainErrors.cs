using Qrossing.Core.Errors;

namespace Qrossing.Core.Chains;

/// <summary>Errors of chains, wallets and transactions.</summary>
public static class ChainErrors
{
    public static readonly ErrorCode ChainUnknown = new("chains.unknown", 404, "No connection for this chain", "Configure a connection for the chain, or use a CAIP-2 id that /v1/capabilities lists.");
    public static readonly ErrorCode AddressInvalid = new("chains.address_invalid", 422, "The address is not valid", "Send 0x and 40 hex digits; mixed case must carry a correct EIP-55 checksum.");
    public static readonly ErrorCode WalletNotFound = new("wallets.not_found", 404, "No such wallet", "Check the id; wallets of other tenants are not visible.");
    public static readonly ErrorCode WalletExists = new("wallets.exists", 409, "The address is already managed", "Use the wallet that holds it.");
    public static readonly ErrorCode KeyInvalid = new("wallets.key_invalid", 422, "The private key is not valid", "Send 0x and 64 hex digits of a secp256k1 key.");
    public static readonly ErrorCode TransactionNotFound = new("transactions.not_found", 404, "No such transaction", "Check the id; transactions of other tenants are not visible.");
    public static readonly ErrorCode WrongChain = new("chains.wrong_chain", 502, "The endpoint answers for another chain", "Nothing was sent. An operator must correct the connection's endpoint.");
    public static readonly ErrorCode Reverted = new("chains.reverted", 422, "The transaction reverts", "It did not take effect; the detail or the effect's audit entries name the reason. Correct the call and use a new idempotency key.");
    public static readonly ErrorCode InsufficientFunds = new("chains.insufficient_funds", 409, "The wallet's balance is too low", "Nothing was sent. Top the wallet up: the gateway tries again by itself until the effect expires.", Retryable: true);
    public static readonly ErrorCode GapClosed = new("chains.gap_closed", 409, "The gap in the wallet's nonces is closed", "Nothing was sent: another transaction took the nonce, so that this one is not needed any more.");
    public static readonly ErrorCode NotPrepared = new("chains.not_prepared", 504, "The signed transaction is not in the backup", "Do not repeat it: it may have been signed and sent after the backup was taken. Look for it by the wallet's address on the chain.", Retryable: true);
    public static readonly ErrorCode NonceTooLow = new("chains.nonce_too_low", 504, "The nonce was already used", "Do not repeat it: it may be this very transaction, and the gateway looks it up.", Retryable: true);
    public static readonly ErrorCode ReplacementUnderpriced = new("chains.replacement_underpriced", 409, "Another transaction waits with this nonce", "Do not repeat it: the gateway looks up which of the two the chain takes.", Retryable: true);
    public static readonly ErrorCode FeeAboveCap = new("chains.fee_above_cap", 503, "The chain's fees are above the connection's cap", "Nothing was sent; the gateway tries again by itself. An operator can raise maxFeePerGasCap.", Retryable: true);
    public static readonly ErrorCode Refused = new("chains.refused", 422, "The node refused the transaction", "It did not happen. Read the effect's attempts for the node's code, correct the request and use a new idempotency key.");
    public static readonly ErrorCode RpcFailed = new("chains.rpc_failed", 502, "The node answered with an error", "Try again later; an operator should look at the endpoint.", Retryable: true);
    public static readonly ErrorCode CallInvalid = new("chains.call_invalid", 422, "The contract call is not valid", "Give a function signature such as 'transfer(address,uint256)' and a JSON array of arguments that fit it.");
    public static readonly ErrorCode UnreadableReply = new("chains.unreadable_reply", 502, "The node's reply could not be read", "Try again later; an operator should look at the endpoint.", Retryable: true);
}
