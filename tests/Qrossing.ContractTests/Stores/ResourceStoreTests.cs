using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Core.Storage;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Stores;

/// <summary>API keys, connections, objects and wrapped keys.</summary>
public abstract class ResourceStoreTests(StoreEngine engine) : StoreTests(engine)
{
    [Fact]
    public async Task Api_key_is_found_by_its_public_id_over_all_tenants_and_listed_newest_first()
    {
        Assert.False(await Db.ApiKeys.AnyAsync(Cancel));
        var one = ApiKey("pub1") with { ExpiresAt = Samples.Time, RevokedAt = Samples.Time };
        var two = ApiKey("pub2");
        var three = ApiKey("pub3") with { Tenant = Samples.Other };
        await Db.WriteAsync(session => Array.ForEach([one, two, three], key => Db.ApiKeys.Insert(session, key)));

        AssertSame(one, await Db.ApiKeys.FindAsync("pub1", Cancel));
        AssertSame(three, await Db.ApiKeys.FindAsync("pub3", Cancel));
        AssertSame(two, await Db.ApiKeys.GetAsync(Samples.Tenant, two.Id, Cancel));
        Assert.Null(await Db.ApiKeys.GetAsync(Samples.Tenant, three.Id, Cancel));
        Assert.Null(await Db.ApiKeys.FindAsync("pub", Cancel));
        Assert.Equal([two.Id, one.Id], (await Db.ApiKeys.ListAsync(Samples.Tenant, new PageRequest(), Cancel)).Items.Select(key => key.Id));
        Assert.True(await Db.ApiKeys.AnyAsync(Cancel));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => Db.WriteAsync(session => Db.ApiKeys.Insert(session, ApiKey("pub1") with { Tenant = Samples.Other })));
    }

    [Fact]
    public async Task Api_key_put_again_changes_hash_scopes_and_expiry_only()
    {
        var first = ApiKey("admin");
        var again = ApiKey("admin") with { Name = "other", Hash = new byte[] { 9 }, Scopes = ["a:read"], ExpiresAt = Samples.Time.AddDays(1) };
        await Db.WriteAsync(session => Db.ApiKeys.Put(session, first));
        AssertSame(first, await Db.ApiKeys.FindAsync("admin", Cancel));

        await Db.WriteAsync(session => Db.ApiKeys.Put(session, again));

        AssertSame(first with { Hash = again.Hash, Scopes = again.Scopes, ExpiresAt = again.ExpiresAt }, await Db.ApiKeys.FindAsync("admin", Cancel));
    }

    [Fact]
    public async Task Api_key_is_revoked_once()
    {
        var key = ApiKey("pub1");
        var revoked = await Db.Writer.WriteAsync(
            session =>
            {
                Db.ApiKeys.Insert(session, key);
                return (Db.ApiKeys.Revoke(session, Samples.Other, key.Id, Samples.Time),
                    Db.ApiKeys.Revoke(session, Samples.Tenant, key.Id, Samples.Time),
                    Db.ApiKeys.Revoke(session, Samples.Tenant, key.Id, Samples.Time.AddDays(1)));
            },
            Cancel);

        Assert.Equal((false, true, false), revoked);
        Assert.Equal(Samples.Time, (await Db.ApiKeys.FindAsync("pub1", Cancel))!.RevokedAt);
    }

    [Fact]
    public async Task Connection_is_stored_changed_by_version_and_deleted()
    {
        var one = Connection("one");
        var changed = one with
        {
            Kind = "k2", Options = Samples.Bytes("{\"b\":2}"), Status = "paused", StatusReason = "credentials", Environment = "sandbox",
            ManagedBy = "file", Version = 2, UpdatedAt = Samples.Time.AddDays(1),
        };
        await Db.WriteAsync(session =>
        {
            Db.Connections.Insert(session, one);
            Db.Connections.Insert(session, Connection("one") with { Tenant = Samples.Other });
            AssertSame(one, Db.Connections.Get(session, Samples.Tenant, "one"));
            Assert.Null(Db.Connections.Get(session, Samples.Tenant, "two"));
        });
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Db.WriteAsync(session => Db.Connections.Insert(session, one)));

        Assert.Equal((false, true), await Db.Writer.WriteAsync(
            session => (Db.Connections.TryUpdate(session, changed, 5), Db.Connections.TryUpdate(session, changed, 1)), Cancel));

        var all = await Db.Connections.ListAllAsync(Cancel);
        Assert.Equal([Samples.Tenant, Samples.Other], all.Select(connection => connection.Tenant));
        AssertSame(changed, all[0]);
        Assert.Equal((true, false), await Db.Writer.WriteAsync(
            session => (Db.Connections.Delete(session, Samples.Tenant, "one"), Db.Connections.Delete(session, Samples.Tenant, "one")), Cancel));
        Assert.Equal(Samples.Other, Assert.Single(await Db.Connections.ListAllAsync(Cancel)).Tenant);
    }

    [Fact]
    public async Task Connection_is_in_use_while_an_effect_that_is_not_at_rest_goes_through_it()
    {
        await Db.WriteAsync(session =>
        {
            Db.Effects.Insert(session, Samples.Effect(EffectPhase.Unknown) with { Connection = "busy" });
            Db.Effects.Insert(session, Samples.Effect(EffectPhase.Failed) with { Connection = "idle" });
        });

        Assert.Equal((true, false, false, false), await Db.Writer.WriteAsync(
            session => (
                Db.Connections.IsInUse(session, Samples.Tenant, "busy"), Db.Connections.IsInUse(session, Samples.Tenant, "idle"),
                Db.Connections.IsInUse(session, Samples.Other, "busy"), Db.Connections.IsInUse(session, Samples.Tenant, "none")),
            Cancel));
    }

    [Fact]
    public async Task Object_is_found_by_id_content_and_key_the_newest_first()
    {
        var one = Object("a/1", "cid1");
        var two = Object("a/1", "cid1") with { Size = 2 };
        var three = Object(null, "cid2");
        await Db.WriteAsync(session =>
        {
            Array.ForEach([one, two, three], record => Db.Objects.Insert(session, record));
            Db.Objects.Insert(session, one with { Size = 77 }); // a transition that ran twice
        });

        Assert.Equal(one, await Db.Objects.GetAsync(Samples.Tenant, one.Id, Cancel));
        Assert.Equal(three, await Db.Objects.GetAsync(Samples.Tenant, three.Id, Cancel));
        Assert.Equal(two, await Db.Objects.FindByCidAsync(Samples.Tenant, "cid1", Cancel));
        Assert.Equal(two, await Db.Objects.FindByKeyAsync(Samples.Tenant, "a/1", Cancel));
        Assert.Null(await Db.Objects.GetAsync(Samples.Other, one.Id, Cancel));
        Assert.Null(await Db.Objects.FindByCidAsync(Samples.Other, "cid1", Cancel));
        Assert.Null(await Db.Objects.FindByKeyAsync(Samples.Tenant, "a/", Cancel));
    }

    [Fact]
    public async Task Objects_are_listed_by_the_exact_key_prefix()
    {
        string?[] keys = ["a/1", "a/2", "A/3", "a_4", "ab/5", "ä/6", "ä/7😀", null, "a%8"];
        var records = keys.Select(key => Object(key, "cid")).ToArray();
        await Db.WriteAsync(session => Array.ForEach(records, record => Db.Objects.Insert(session, record)));

        foreach (var prefix in new[] { "a/", "a", "ä", "ä/7😀", "a%", "a_", "A", "z", "" })
        {
            var expected = keys.Where(key => key?.StartsWith(prefix, StringComparison.Ordinal) == true).Reverse();
            Assert.Equal(expected, (await Db.Objects.ListAsync(Samples.Tenant, prefix, new PageRequest(), Cancel)).Items.Select(record => record.Key));
        }

        var page = await Db.Objects.ListAsync(Samples.Tenant, null, new PageRequest(4), Cancel);
        var rest = await Db.Objects.ListAsync(Samples.Tenant, null, new PageRequest(10, page.Next), Cancel);
        Assert.Equal(keys.Reverse(), page.Items.Concat(rest.Items).Select(record => record.Key));
    }

    [Fact]
    public async Task Wrapped_key_is_stored_once_per_tenant_and_purpose()
    {
        var key = new WrappedKey(Samples.Tenant, "subject:1", new byte[] { 1, 2 }, Samples.Time);
        await Db.WriteAsync(session =>
        {
            Assert.Null(Db.Keys.Find(session, Samples.Tenant, "subject:1"));
            Db.Keys.Insert(session, key);
            Db.Keys.Insert(session, key with { Tenant = Samples.Other });
            Assert.Equal(key.Wrapped.ToArray(), Db.Keys.Find(session, Samples.Tenant, "subject:1")!.Wrapped.ToArray());
        });

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Db.WriteAsync(session => Db.Keys.Insert(session, key)));
        var all = await Db.Keys.ListAsync(Cancel);
        Assert.Equal([(Samples.Tenant, "subject:1", Samples.Time), (Samples.Other, "subject:1", Samples.Time)], all.Select(item => (item.Tenant, item.Purpose, item.CreatedAt)));
    }

    private static ApiKeyRecord ApiKey(string publicId) => new()
    {
        Tenant = Samples.Tenant,
        Id = Samples.Ids.New<ApiKeyId>(),
        PublicId = publicId,
        Hash = new byte[] { 1, 2, 3 },
        Client = Samples.Ids.New<ClientId>(),
        Name = "name",
        Environment = "live",
        Scopes = ["objects:write", "*"],
        CreatedAt = Samples.Time,
    };

    private static ConnectionRecord Connection(string id) => new()
    {
        Tenant = Samples.Tenant,
        Id = id,
        Kind = "cloud.local",
        Options = Samples.Bytes("{}"),
        Status = "active",
        Environment = "live",
        ManagedBy = "api",
        Version = 1,
        CreatedAt = Samples.Time,
        UpdatedAt = Samples.Time,
    };

    private static ObjectRecord Object(string? key, string cid) => new()
    {
        Tenant = Samples.Tenant,
        Id = Samples.Ids.New<ObjectId>(),
        Key = key,
        Cid = cid,
        CidProfile = "default",
        Sha256 = "ff",
        Size = 5_000_000_000,
        ContentType = "text/plain",
        Connection = "store",
        Effect = Samples.Ids.New<EffectId>(),
        CreatedAt = Samples.Time,
    };

    private static void AssertSame(ApiKeyRecord expected, ApiKeyRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Hash.ToArray(), actual.Hash.ToArray());
        Assert.Equal(expected.Scopes, actual.Scopes);
        Assert.Equal(expected, actual with { Hash = expected.Hash, Scopes = expected.Scopes });
    }

    private static void AssertSame(ConnectionRecord expected, ConnectionRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Options.ToArray(), actual.Options.ToArray());
        Assert.Equal(expected, actual with { Options = expected.Options });
    }
}

public sealed class SqliteResourceStoreTests() : ResourceStoreTests(new SqliteStores());

[Trait("Needs", "postgres")]
public sealed class PostgreSqlResourceStoreTests(CounterpartHost counterparts) : ResourceStoreTests(new PostgreSqlStores(counterparts));
