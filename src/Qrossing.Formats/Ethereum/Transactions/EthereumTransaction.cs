using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Qrossing.Formats.Hashing;
using Qrossing.Formats.Signatures;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>
/// A transaction not yet signed: one of <see cref="LegacyTransaction"/>, <see cref="AccessListTransaction"/>,
/// <see cref="DynamicFeeTransaction"/>, <see cref="BlobTransaction"/>. Amounts are in wei, below 2^256.
/// Any values may be encoded; <see cref="TransactionRules"/> says whether a chain could accept them.
/// </summary>
public abstract record EthereumTransaction
{
    private protected EthereumTransaction()
    {
    }

    /// <summary>The type of EIP-2718.</summary>
    public abstract TransactionType Type { get; }

    /// <summary>How many transactions the sender made before; below 2^64 - 1 (EIP-2681).</summary>
    public required ulong Nonce { get; init; }

    /// <summary>The most gas that execution may use.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>The account called; null creates a contract.</summary>
    public EthereumAddress? To { get; init; }

    /// <summary>Wei transferred.</summary>
    public BigInteger Value { get; init; }

    /// <summary>Call data, or the init code of a contract.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The most wei paid for one unit of gas.</summary>
    public abstract BigInteger HighestGasPrice { get; }

    /// <summary>Every amount, for checks of width.</summary>
    internal abstract IEnumerable<BigInteger> Amounts { get; }

    /// <summary>The accounts and slots announced; none before EIP-2930.</summary>
    internal virtual IReadOnlyList<AccessListEntry> Announced => [];

    /// <summary>The Keccak-256 that the sender signs, 32 bytes.</summary>
    public byte[] SigningHash() => Keccak256.Hash(Envelope(SigningFields()));

    /// <summary>Signs with a private key. False when it is not 32 bytes in 1..n-1.</summary>
    public bool TrySign(ReadOnlySpan<byte> privateKey32, [NotNullWhen(true)] out SignedEthereumTransaction? signed)
    {
        signed = null;
        var rs = new byte[TransactionSignature.RsLength];
        if (!Secp256k1.TrySign(SigningHash(), privateKey32, rs, out var recoveryId)
            || !EthereumAddress.TryFromPrivateKey(privateKey32, out var sender))
        {
            return false;
        }

        // R's x at or above n (recovery ids 2 and 3) has a chance of 2^-127 and no encoding in a transaction.
        if (recoveryId > 1)
        {
            return false;
        }

        var signature = new TransactionSignature(rs, recoveryId);
        signed = new SignedEthereumTransaction(this, signature, Envelope(SignedFields(signature)), sender);
        return true;
    }

    /// <summary>
    /// Joins a signature made elsewhere over <see cref="SigningHash"/>: r and s, 64 bytes, and the parity of R's y. False when one is out
    /// of range, s is high (EIP-2), or no key could have made it. The sender is whoever made it: compare it with the one that was meant.
    /// </summary>
    public bool TryAssemble(ReadOnlySpan<byte> rs64, int yParity, [NotNullWhen(true)] out SignedEthereumTransaction? signed)
    {
        signed = null;
        if (yParity is not (0 or 1) || !Secp256k1.IsLowS(rs64) || !Secp256k1.TryRecover(SigningHash(), rs64, yParity, out var publicKey))
        {
            return false;
        }

        var signature = new TransactionSignature(rs64.ToArray(), yParity);
        signed = new SignedEthereumTransaction(this, signature, Envelope(SignedFields(signature)), EthereumAddress.FromPublicKey(publicKey));
        return true;
    }

    internal abstract IReadOnlyList<RlpItem> SigningFields();

    internal abstract IReadOnlyList<RlpItem> SignedFields(TransactionSignature signature);

    private protected RlpItem Recipient() => To is { } address ? RlpItem.Of(address.ToArray()) : RlpItem.Empty;

    private byte[] Envelope(IReadOnlyList<RlpItem> fields)
    {
        var payload = Rlp.Encode(RlpItem.List(fields));
        return Type == TransactionType.Legacy ? payload : [(byte)Type, .. payload];
    }
}
