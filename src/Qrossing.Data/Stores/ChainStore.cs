using Qrossing.Abstractions.Values;
using Qrossing.Core.Chains;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;
using Qrossing.Data.Writing;

namespace Qrossing.Data.Stores;

/// <summary>Wallets, transactions and nonce lanes.</summary>
internal sealed class ChainStore(SqlReads reads) : IChainStore
{
    private const string WalletColumns = "tenant, id, name, namespace, address, sealed_key, created_at";
    private const string SelectWallets = $"SELECT {WalletColumns} FROM wallets";

    private const string TransactionColumns =
        "tenant, id, effect, wallet, chain, from_address, to_address, value, nonce, hash, status, created_at, updated_at";

    private const string SelectTransactions = $"SELECT {TransactionColumns} FROM transactions";
    private const string ByEffect = $"{SelectTransactions} WHERE tenant = $1 AND effect = $2";

    private const string NoncesFrom =
        "SELECT nonce FROM transactions WHERE tenant = $1 AND chain = $2 AND from_address = $3 AND nonce >= $4 ORDER BY nonce";

    private static readonly string InsertWalletSql = SqlText.Insert("wallets", WalletColumns);

    private static readonly string PutTransactionSql =
        $"{SqlText.Insert("transactions", TransactionColumns)} ON CONFLICT (tenant, id) DO UPDATE SET {SqlText.FromExcluded(TransactionColumns)}";

    public ValueTask<WalletRecord?> GetWalletAsync(TenantId tenant, WalletId id, CancellationToken cancellationToken) =>
        reads.FirstAsync<WalletRecord>($"{SelectWallets} WHERE tenant = $1 AND id = $2", ReadWallet, [tenant, id.Text], cancellationToken);

    public ValueTask<Page<WalletRecord>> ListWalletsAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken) =>
        reads.PageByIdAsync(SelectWallets, tenant, page, ReadWallet, static wallet => wallet.Id.Text, cancellationToken);

    public void InsertWallet(IWriteSession session, WalletRecord wallet) =>
        WriteSession.ChannelOf(session).Post(
            InsertWalletSql, wallet.Tenant, wallet.Id.Text, wallet.Name, wallet.Namespace, wallet.Address, wallet.SealedKey, wallet.CreatedAt);

    public bool HasAddress(IWriteSession session, TenantId tenant, string address) =>
        WriteSession.ChannelOf(session).Any("SELECT 1 FROM wallets WHERE tenant = $1 AND address = $2", tenant, address);

    public ValueTask<TransactionRecord?> GetTransactionAsync(TenantId tenant, TransactionId id, CancellationToken cancellationToken) =>
        reads.FirstAsync<TransactionRecord>(
            $"{SelectTransactions} WHERE tenant = $1 AND id = $2", ReadTransaction, [tenant, id.Text], cancellationToken);

    public ValueTask<TransactionRecord?> FindTransactionAsync(TenantId tenant, EffectId effect, CancellationToken cancellationToken) =>
        reads.FirstAsync<TransactionRecord>(ByEffect, ReadTransaction, [tenant, effect], cancellationToken);

    public ValueTask<Page<TransactionRecord>> ListTransactionsAsync(
        TenantId tenant, WalletId? wallet, PageRequest page, CancellationToken cancellationToken) =>
        reads.PageByIdAsync(
            SelectTransactions, tenant, page, ReadTransaction, static transaction => transaction.Id.Text, cancellationToken, ("wallet = ", wallet?.Text));

    public TransactionRecord? FindTransaction(IWriteSession session, TenantId tenant, EffectId effect) =>
        WriteSession.ChannelOf(session).First<TransactionRecord>(ByEffect, ReadTransaction, tenant, effect);

    public void PutTransaction(IWriteSession session, TransactionRecord transaction) =>
        WriteSession.ChannelOf(session).Post(
            PutTransactionSql,
            transaction.Tenant, transaction.Id.Text, transaction.Effect, transaction.Wallet.Text, transaction.Chain, transaction.From,
            transaction.To, transaction.Value, transaction.Nonce, transaction.Hash, transaction.Status, transaction.CreatedAt,
            transaction.UpdatedAt);

    public long ReserveNonce(IWriteSession session, TenantId tenant, string chain, string address, long peerNonce)
    {
        var free = peerNonce;
        foreach (var held in WriteSession.ChannelOf(session).Stream(NoncesFrom, static row => row.Long(), tenant, chain, address, peerNonce))
        {
            if (held != free)
            {
                break;
            }

            free++;
        }

        return free;
    }

    public bool IsSignedAbove(IWriteSession session, TenantId tenant, string chain, string address, long nonce) =>
        WriteSession.ChannelOf(session).Any(
            "SELECT 1 FROM transactions WHERE tenant = $1 AND chain = $2 AND from_address = $3 AND nonce > $4 AND hash IS NOT NULL LIMIT 1",
            tenant, chain, address, nonce);

    private static WalletRecord ReadWallet(SqlRow row) => new()
    {
        Tenant = row.Tenant(),
        Id = row.Id<WalletId>(),
        Name = row.Text(),
        Namespace = row.Text(),
        Address = row.Text(),
        SealedKey = row.Text(),
        CreatedAt = row.Time(),
    };

    private static TransactionRecord ReadTransaction(SqlRow row) => new()
    {
        Tenant = row.Tenant(),
        Id = row.Id<TransactionId>(),
        Effect = row.Id<EffectId>(),
        Wallet = row.Id<WalletId>(),
        Chain = row.Text(),
        From = row.Text(),
        To = row.Text(),
        Value = row.Text(),
        Nonce = row.LongOrNull(),
        Hash = row.TextOrNull(),
        Status = row.BytesOrNull(),
        CreatedAt = row.Time(),
        UpdatedAt = row.Time(),
    };
}
