using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Qrossing.Formats.Hashing;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>A signed transaction, as <c>eth_sendRawTransaction</c> takes it.</summary>
public sealed class SignedEthereumTransaction
{
    internal SignedEthereumTransaction(EthereumTransaction transaction, TransactionSignature signature, ReadOnlyMemory<byte> raw, EthereumAddress sender)
    {
        Transaction = transaction;
        Signature = signature;
        Raw = raw;
        Sender = sender;
        Hash = Keccak256.Hash(raw.Span);
    }

    /// <summary>What was signed.</summary>
    public EthereumTransaction Transaction { get; }

    /// <summary>The signature.</summary>
    public TransactionSignature Signature { get; }

    /// <summary>The bytes: RLP of a legacy transaction, or type and RLP (EIP-2718).</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The Keccak-256 of <see cref="Raw"/>, under which chains know the transaction; 32 bytes.</summary>
    public byte[] Hash { get; }

    /// <summary>The account that signed.</summary>
    public EthereumAddress Sender { get; }

    /// <summary>
    /// Reads a signed transaction that <paramref name="chainId"/> could accept: canonical encoding, signature with low S
    /// (EIP-2), the chain's own id (legacy transactions without any are accepted), and <see cref="TransactionRules"/>.
    /// </summary>
    public static bool TryDecode(
        ReadOnlyMemory<byte> raw,
        BigInteger chainId,
        [NotNullWhen(true)] out SignedEthereumTransaction? transaction,
        out TransactionError error) => TransactionDecoder.TryDecode(raw, chainId, out transaction, out error);
}
