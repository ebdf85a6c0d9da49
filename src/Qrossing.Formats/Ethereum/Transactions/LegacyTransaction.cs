using System.Numerics;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>A transaction from before EIP-2718.</summary>
public sealed record LegacyTransaction : EthereumTransaction
{
    // v of EIP-155 begins at 35; without replay protection it is 27 or 28.
    private const int ProtectedOffset = 35;
    private const int UnprotectedOffset = 27;

    public override TransactionType Type => TransactionType.Legacy;

    /// <summary>The chain that the signature is bound to (EIP-155), above 0; null makes one that is valid on every chain.</summary>
    public BigInteger? ChainId { get; init; }

    /// <summary>Wei paid for one unit of gas.</summary>
    public required BigInteger GasPrice { get; init; }

    public override BigInteger HighestGasPrice => GasPrice;

    internal override IEnumerable<BigInteger> Amounts => [Value, GasPrice, ChainId ?? BigInteger.Zero];

    /// <summary>Splits v into chain (null for 27 and 28) and parity. False when it is neither form.</summary>
    internal static bool TryReadV(BigInteger v, out BigInteger? chainId, out int yParity)
    {
        chainId = null;
        yParity = 0;
        if (v >= ProtectedOffset)
        {
            chainId = (v - ProtectedOffset) >> 1;
            yParity = v.IsEven ? 1 : 0;
            return true;
        }

        yParity = v == UnprotectedOffset + 1 ? 1 : 0;
        return v == UnprotectedOffset + yParity;
    }

    internal override IReadOnlyList<RlpItem> SigningFields() =>
        ChainId is { } chainId ? [.. Fields(), RlpItem.Of(chainId), RlpItem.Empty, RlpItem.Empty] : Fields();

    internal override IReadOnlyList<RlpItem> SignedFields(TransactionSignature signature)
    {
        var v = signature.YParity + (ChainId is { } chainId ? (2 * chainId) + ProtectedOffset : UnprotectedOffset);
        return [.. Fields(), RlpItem.Of(v), RlpItem.Of(signature.R), RlpItem.Of(signature.S)];
    }

    private RlpItem[] Fields() =>
        [RlpItem.Of(Nonce), RlpItem.Of(GasPrice), RlpItem.Of(GasLimit), Recipient(), RlpItem.Of(Value), RlpItem.Of(Data)];
}
