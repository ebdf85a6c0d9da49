namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>
/// What makes a transaction invalid on every chain with the rules of the Cancun fork, whatever the state of its accounts.
/// Later forks add limits (EIP-7623, EIP-7825) that a node checks.
/// </summary>
public static class TransactionRules
{
    private const long AmountBits = 256;
    private const int MaxInitCodeLength = 49_152;
    private const byte BlobHashVersion = 0x01;

    /// <summary>The first rule that the transaction breaks, or <see cref="TransactionError.None"/>.</summary>
    public static TransactionError Check(EthereumTransaction transaction)
    {
        if (transaction.Amounts.Any(amount => amount.Sign < 0 || amount.GetBitLength() > AmountBits))
        {
            return TransactionError.IntegerOverflow;
        }

        if (transaction.Nonce == ulong.MaxValue)
        {
            return TransactionError.NonceTooHigh;
        }

        if (transaction is FeeMarketTransaction market && market.MaxPriorityFeePerGas > market.MaxFeePerGas)
        {
            return TransactionError.PriorityFeeAboveCap;
        }

        if ((transaction.HighestGasPrice * transaction.GasLimit).GetBitLength() > AmountBits)
        {
            return TransactionError.FeeOverflow;
        }

        if (transaction.To is null && transaction.Data.Length > MaxInitCodeLength)
        {
            return TransactionError.InitCodeTooLong;
        }

        if (transaction.GasLimit < IntrinsicGas(transaction))
        {
            return TransactionError.IntrinsicGasTooLow;
        }

        return transaction switch
        {
            BlobTransaction blob => CheckBlobs(blob),
            LegacyTransaction { ChainId: { IsZero: true } } => TransactionError.WrongChain,
            _ => TransactionError.None,
        };
    }

    /// <summary>The gas that a transaction uses before anything executes (Yellow Paper section 6.2; EIP-2028, EIP-2930, EIP-3860).</summary>
    public static ulong IntrinsicGas(EthereumTransaction transaction)
    {
        const ulong Transaction = 21_000, Creation = 32_000, InitCodeWord = 2;
        const ulong ZeroByte = 4, OtherByte = 16, ListedAddress = 2_400, ListedKey = 1_900;

        var data = transaction.Data.Span;
        var zeros = (ulong)data.Count((byte)0);
        var gas = Transaction + (zeros * ZeroByte) + (((ulong)data.Length - zeros) * OtherByte);
        if (transaction.To is null)
        {
            gas += Creation + (((ulong)data.Length + 31) / 32 * InitCodeWord);
        }

        foreach (var entry in transaction.Announced)
        {
            gas += ListedAddress + ((ulong)entry.StorageKeys.Count * ListedKey);
        }

        return gas;
    }

    private static TransactionError CheckBlobs(BlobTransaction transaction)
    {
        if (transaction.To is null)
        {
            return TransactionError.BlobWithoutRecipient;
        }

        if (transaction.BlobVersionedHashes.Count == 0)
        {
            return TransactionError.NoBlobs;
        }

        return transaction.BlobVersionedHashes.All(hash => hash.Length == BlobTransaction.VersionedHashLength && hash[0] == BlobHashVersion)
            ? TransactionError.None
            : TransactionError.BlobHashVersion;
    }
}
