using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Stores;

public abstract class AuditStoreTests(StoreEngine engine) : StoreTests(engine)
{
    [Fact]
    public async Task Entries_are_read_by_leaf_with_the_bytes_that_were_sealed()
    {
        var at = await Db.Writer.WriteAsync(
            session =>
            {
                session.Append(Samples.Draft("test.a", "eff_1"));
                session.Append(Samples.Draft("test.b", null, Samples.Other));
                session.Append(Samples.Draft("test.c"));
                return session.Now;
            },
            Cancel);

        var entries = await Db.Audit.ReadAsync(0, 10, Cancel);
        var (entry, payload) = new DigestSealer().Seal(Samples.Draft("test.a", "eff_1"), 1, at);
        Assert.Equal(entry.ToArray(), entries[0].Entry.ToArray());
        Assert.Equal(payload.ToArray(), entries[0].Sealed.ToArray());
        Assert.Equal((0L, 1L, Samples.Tenant, at, "test.a", "system", "eff_1"), (entries[0].Leaf, entries[0].Position, entries[0].Tenant, entries[0].Time, entries[0].Action, entries[0].Actor, entries[0].Subject));
        Assert.Equal((Samples.Other, null), (entries[1].Tenant, entries[1].Subject));
        Assert.Equal([1L, 2L], (await Db.Audit.ReadAsync(1, 2, Cancel)).Select(item => item.Leaf));
        Assert.Equal(entries.Skip(1).Select(item => item.Entry.ToArray()), (await Db.Audit.ReadEntriesAsync(1, 10, Cancel)).Select(bytes => bytes.ToArray()));
        Assert.Equal(3, await Db.Audit.CountAsync(Cancel));
    }

    [Fact]
    public async Task List_gives_a_tenants_entries_newest_first_filtered_and_in_pages()
    {
        await Db.WriteAsync(session =>
        {
            session.Append(Samples.Draft("test.a", "s"));
            session.Append(Samples.Draft("test.b", "s"));
            session.Append(Samples.Draft("test.a", "t"));
            session.Append(Samples.Draft("test.a", "s", Samples.Other));
        });

        var page = await Db.Audit.ListAsync(Samples.Tenant, null, null, new PageRequest(2), Cancel);
        var rest = await Db.Audit.ListAsync(Samples.Tenant, null, null, new PageRequest(2, page.Next), Cancel);

        Assert.Equal([2L, 1L], page.Items.Select(entry => entry.Leaf));
        Assert.Equal(0L, Assert.Single(rest.Items).Leaf);
        Assert.Null(rest.Next);
        Assert.Equal([2L, 0L], await LeavesAsync("test.a", null));
        Assert.Equal([1L, 0L], await LeavesAsync(null, "s"));
        Assert.Equal([0L], await LeavesAsync("test.a", "s"));
        Assert.Equal([0L, 1L], (await Db.Audit.ListBySubjectAsync(Samples.Tenant, "s", Cancel)).Select(entry => entry.Leaf));
        await Assert.ThrowsAsync<FormatException>(async () => await Db.Audit.ListAsync(Samples.Tenant, null, null, new PageRequest(2, "YWJj"), Cancel));
    }

    [Fact]
    public async Task Tree_and_tiles_are_replaced_together()
    {
        Assert.Equal(0, (await Db.Audit.GetTreeAsync(Cancel)).Size);
        await Db.WriteAsync(session => Db.Audit.Integrate(session, new AuditTree(1, Hashes(1), "note 1"), [new AuditTile(0, 0, Hashes(1))]));
        await Db.WriteAsync(session => Db.Audit.Integrate(
            session, new AuditTree(257, Hashes(2), "note 2"), [new AuditTile(0, 0, Hashes(256)), new AuditTile(0, 1, Hashes(1)), new AuditTile(1, 0, Hashes(1))]));

        var tree = await Db.Audit.GetTreeAsync(Cancel);
        var tiles = await Db.Audit.GetTilesAsync([(0, 0), (1, 0), (2, 0)], Cancel);

        Assert.Equal((257L, "note 2"), (tree.Size, tree.Checkpoint));
        Assert.Equal(Hashes(2), tree.Frontier.ToArray());
        Assert.Equal([(0, 0L, 256), (1, 0L, 1)], tiles.OrderBy(tile => tile.Level).Select(tile => (tile.Level, tile.Index, tile.Width)));
        Assert.Empty(await Db.Audit.GetTilesAsync([], Cancel));
    }

    private static byte[] Hashes(int count) => [.. Enumerable.Range(0, count * 32).Select(i => (byte)i)];

    private async Task<IEnumerable<long>> LeavesAsync(string? action, string? subject) =>
        (await Db.Audit.ListAsync(Samples.Tenant, action, subject, new PageRequest(), Cancel)).Items.Select(entry => entry.Leaf);
}

public sealed class SqliteAuditStoreTests() : AuditStoreTests(new SqliteStores());

[Trait("Needs", "postgres")]
public sealed class PostgreSqlAuditStoreTests(CounterpartHost counterparts) : AuditStoreTests(new PostgreSqlStores(counterparts));
