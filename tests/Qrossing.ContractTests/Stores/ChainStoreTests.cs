using Qrossing.Abstractions.Values;
using Qrossing.Core.Chains;
using Qrossing.Core.Persistence;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Stores;

public abstract class ChainStoreTests(StoreEngine engine) : StoreTests(engine)
{
    private const string Chain = "eip155:1";

    [Fact]
    public async Task Wallet_is_stored_once_per_address()
    {
        var wallet = Wallet("0xA");
        var second = Wallet("0xB");
        Assert.Equal((false, true, false), await Db.Writer.WriteAsync(
            session =>
            {
                var before = Db.Chains.HasAddress(session, Samples.Tenant, "0xA");
                Db.Chains.InsertWallet(session, wallet);
                Db.Chains.InsertWallet(session, second);
                return (before, Db.Chains.HasAddress(session, Samples.Tenant, "0xA"), Db.Chains.HasAddress(session, Samples.Other, "0xA"));
            },
            Cancel));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Db.WriteAsync(session => Db.Chains.InsertWallet(session, Wallet("0xA"))));
        Assert.Equal(wallet, await Db.Chains.GetWalletAsync(Samples.Tenant, wallet.Id, Cancel));
        Assert.Null(await Db.Chains.GetWalletAsync(Samples.Other, wallet.Id, Cancel));
        Assert.Equal([second, wallet], (await Db.Chains.ListWalletsAsync(Samples.Tenant, new PageRequest(), Cancel)).Items);
    }

    [Fact]
    public async Task Transaction_is_replaced_and_found_by_id_and_effect()
    {
        var bare = Transaction(null);
        var full = bare with
        {
            Nonce = 7, Hash = "0xh", Status = Samples.Bytes("{\"block\":1}"), UpdatedAt = Samples.Time.AddSeconds(1),
            Value = "115792089237316195423570985008687907853269984665640564039457584007913129639935",
        };
        await Db.WriteAsync(session => Db.Chains.PutTransaction(session, bare));
        Assert.Equal(bare, await Db.Chains.GetTransactionAsync(Samples.Tenant, bare.Id, Cancel));

        var seen = await Db.Writer.WriteAsync(
            session =>
            {
                Db.Chains.PutTransaction(session, full);
                return Db.Chains.FindTransaction(session, Samples.Tenant, full.Effect);
            },
            Cancel);

        AssertSame(full, seen);
        AssertSame(full, await Db.Chains.GetTransactionAsync(Samples.Tenant, full.Id, Cancel));
        AssertSame(full, await Db.Chains.FindTransactionAsync(Samples.Tenant, full.Effect, Cancel));
        Assert.Null(await Db.Chains.FindTransactionAsync(Samples.Other, full.Effect, Cancel));
    }

    [Fact]
    public async Task Transactions_are_listed_newest_first_by_wallet()
    {
        var one = Transaction(1);
        var two = Transaction(2) with { Wallet = Samples.Ids.New<WalletId>() };
        await Db.WriteAsync(session =>
        {
            Db.Chains.PutTransaction(session, one);
            Db.Chains.PutTransaction(session, two);
        });

        Assert.Equal([two, one], (await Db.Chains.ListTransactionsAsync(Samples.Tenant, null, new PageRequest(), Cancel)).Items);
        Assert.Equal([one], (await Db.Chains.ListTransactionsAsync(Samples.Tenant, one.Wallet, new PageRequest(), Cancel)).Items);
    }

    [Fact]
    public async Task Nonce_lane_gives_the_smallest_free_nonce_and_reuses_released_ones()
    {
        var held = Transaction(6);
        await Db.WriteAsync(session =>
        {
            Assert.Equal(5, Db.Chains.ReserveNonce(session, Samples.Tenant, Chain, "0xA", 5));
            foreach (var transaction in new[] { Transaction(5), held, Transaction(8), Transaction(7) with { From = "0xB" }, Transaction(7) with { Chain = "eip155:5" } })
            {
                Db.Chains.PutTransaction(session, transaction);
            }

            Assert.Equal(7, Db.Chains.ReserveNonce(session, Samples.Tenant, Chain, "0xA", 5));
            Assert.Equal(9, Db.Chains.ReserveNonce(session, Samples.Tenant, Chain, "0xA", 8));
            Assert.Equal(12, Db.Chains.ReserveNonce(session, Samples.Tenant, Chain, "0xA", 12));
            Db.Chains.PutTransaction(session, held with { Nonce = null });
            Assert.Equal(6, Db.Chains.ReserveNonce(session, Samples.Tenant, Chain, "0xA", 5));
            Assert.Equal(5, Db.Chains.ReserveNonce(session, Samples.Other, Chain, "0xA", 5));
        });
    }

    [Fact]
    public async Task Two_transactions_cannot_hold_one_nonce() =>
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Db.WriteAsync(session =>
        {
            Db.Chains.PutTransaction(session, Transaction(5));
            Db.Chains.PutTransaction(session, Transaction(5));
        }));

    private static WalletRecord Wallet(string address) => new()
    {
        Tenant = Samples.Tenant,
        Id = Samples.Ids.New<WalletId>(),
        Name = "hot",
        Namespace = "eip155",
        Address = address,
        SealedKey = "sealed",
        CreatedAt = Samples.Time,
    };

    private static readonly WalletId OneWallet = Samples.Ids.New<WalletId>();

    private static TransactionRecord Transaction(long? nonce) => new()
    {
        Tenant = Samples.Tenant,
        Id = Samples.Ids.New<TransactionId>(),
        Effect = Samples.Ids.New<EffectId>(),
        Wallet = OneWallet,
        Chain = Chain,
        From = "0xA",
        To = "0xC",
        Value = "1",
        Nonce = nonce,
        CreatedAt = Samples.Time,
        UpdatedAt = Samples.Time,
    };

    private static void AssertSame(TransactionRecord expected, TransactionRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Status?.ToArray(), actual.Status?.ToArray());
        Assert.Equal(expected, actual with { Status = expected.Status });
    }
}

public sealed class SqliteChainStoreTests() : ChainStoreTests(new SqliteStores());

[Trait("Needs", "postgres")]
public sealed class PostgreSqlChainStoreTests(CounterpartHost counterparts) : ChainStoreTests(new PostgreSqlStores(counterparts));
