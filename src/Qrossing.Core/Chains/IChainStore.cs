using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Chains;

/// <summary>Wallets, transactions and nonce lanes.</summary>
public interface IChainStore
{
    /// <summary>One wallet.</summary>
    ValueTask<WalletRecord?> GetWalletAsync(TenantId tenant, WalletId id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<WalletRecord>> ListWalletsAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Inserts a wallet. The unit fails when the address exists: read first.</summary>
    void InsertWallet(IWriteSession session, WalletRecord wallet);

    /// <summary>Whether the tenant has a wallet with this address.</summary>
    bool HasAddress(IWriteSession session, TenantId tenant, string address);

    /// <summary>One transaction.</summary>
    ValueTask<TransactionRecord?> GetTransactionAsync(TenantId tenant, TransactionId id, CancellationToken cancellationToken);

    /// <summary>The transaction of an effect.</summary>
    ValueTask<TransactionRecord?> FindTransactionAsync(TenantId tenant, EffectId effect, CancellationToken cancellationToken);

    /// <summary>Newest first; null: all wallets.</summary>
    ValueTask<Page<TransactionRecord>> ListTransactionsAsync(TenantId tenant, WalletId? wallet, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The transaction of an effect as this unit sees it.</summary>
    TransactionRecord? FindTransaction(IWriteSession session, TenantId tenant, EffectId effect);

    /// <summary>Inserts or replaces a transaction.</summary>
    void PutTransaction(IWriteSession session, TransactionRecord transaction);

    /// <summary>
    /// The lane's next nonce: the smallest at or above <paramref name="peerNonce"/> that no transaction of this chain and address holds
    /// (a released one holds none), so no gap stays. The unit that reserves also puts the transaction that holds it.
    /// </summary>
    long ReserveNonce(IWriteSession session, TenantId tenant, string chain, string address, long peerNonce);

    /// <summary>Whether a signed transaction of the lane holds a higher nonce: it cannot be mined before this one is used.</summary>
    bool IsSignedAbove(IWriteSession session, TenantId tenant, string chain, string address, long nonce);
}
