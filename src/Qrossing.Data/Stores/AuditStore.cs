using System.Globalization;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;
using Qrossing.Data.Writing;

namespace Qrossing.Data.Stores;

/// <summary>Audit entries, which the writer writes, and the Merkle tree over them.</summary>
internal sealed class AuditStore(SqlReads reads) : IAuditStore
{
    private const string Columns = "leaf, position, tenant, time, action, actor, subject, entry, sealed";
    private const string Select = $"SELECT {Columns} FROM audit_entries";
    private const int SubjectLimit = 1000;

    public static readonly string InsertSql = SqlText.Insert("audit_entries", Columns);

    private static readonly string PutTree =
        $"{SqlText.Insert("audit_tree", "id, size, frontier, checkpoint")} ON CONFLICT (id) DO UPDATE SET {SqlText.FromExcluded("size, frontier, checkpoint")}";

    private static readonly string PutTile =
        $"{SqlText.Insert("audit_tiles", "level, tile, hashes")} ON CONFLICT (level, tile) DO UPDATE SET {SqlText.FromExcluded("hashes")}";

    public static SqlValue[] RowOf(
        AuditDraft draft, long leaf, long position, DateTimeOffset time, (ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Sealed) sealedEntry) =>
        [leaf, position, draft.Tenant, time, draft.Action, draft.Actor, draft.Subject, sealedEntry.Entry, sealedEntry.Sealed];

    public async ValueTask<IReadOnlyList<AuditRecord>> ReadAsync(long fromLeaf, int limit, CancellationToken cancellationToken) =>
        await reads.AllAsync($"{Select} WHERE leaf >= $1 ORDER BY leaf LIMIT $2", Read, [fromLeaf, limit], cancellationToken);

    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadEntriesAsync(long fromLeaf, int limit, CancellationToken cancellationToken) =>
        await reads.AllAsync(
            "SELECT entry FROM audit_entries WHERE leaf >= $1 ORDER BY leaf LIMIT $2",
            static row => (ReadOnlyMemory<byte>)row.Bytes(),
            [fromLeaf, limit],
            cancellationToken);

    public async ValueTask<Page<AuditRecord>> ListAsync(
        TenantId tenant, string? action, string? subject, PageRequest page, CancellationToken cancellationToken)
    {
        List<SqlValue> values = [tenant, page.Limit + 1];
        var sql = $"{Select} WHERE tenant = $1";
        foreach (var (column, value) in new[] { ("action", action), ("subject", subject) })
        {
            if (value is not null)
            {
                values.Add(value);
                sql += $" AND {column} = ${values.Count}";
            }
        }

        if (PageCursor.ReadNumber(page) is { } before)
        {
            values.Add(before);
            sql += $" AND leaf < ${values.Count}";
        }

        var entries = await reads.AllAsync($"{sql} ORDER BY leaf DESC LIMIT $2", Read, [.. values], cancellationToken);
        return PageCursor.Cut(entries, page, static entry => entry.Leaf.ToString(CultureInfo.InvariantCulture));
    }

    public async ValueTask<IReadOnlyList<AuditRecord>> ListBySubjectAsync(TenantId tenant, string subject, CancellationToken cancellationToken) =>
        await reads.AllAsync(
            $"{Select} WHERE tenant = $1 AND subject = $2 ORDER BY leaf LIMIT $3", Read, [tenant, subject, SubjectLimit], cancellationToken);

    public ValueTask<long> CountBySubjectAsync(TenantId tenant, string subject, CancellationToken cancellationToken) =>
        reads.FirstAsync("SELECT COUNT(*) FROM audit_entries WHERE tenant = $1 AND subject = $2", static row => row.Long(), [tenant, subject], cancellationToken);

    public async ValueTask<AuditTree> GetTreeAsync(CancellationToken cancellationToken) =>
        await reads.FirstAsync(
            "SELECT size, frontier, checkpoint FROM audit_tree WHERE id = 1",
            static row => new AuditTree(row.Long(), row.Bytes(), row.Text()),
            [],
            cancellationToken) ?? AuditTree.Empty;

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        reads.FirstAsync("SELECT leaves FROM log_head WHERE id = 1", static row => row.Long(), [], cancellationToken);

    public void Integrate(IWriteSession session, AuditTree tree, IReadOnlyList<AuditTile> tiles)
    {
        var channel = WriteSession.ChannelOf(session);
        channel.Post(PutTree, 1, tree.Size, tree.Frontier, tree.Checkpoint);
        channel.PostMany(PutTile, tiles.Select(static tile => new SqlValue[] { tile.Level, tile.Index, tile.Hashes }));
    }

    public async ValueTask<IReadOnlyList<AuditTile>> GetTilesAsync(
        IReadOnlyList<(int Level, long Index)> tiles, CancellationToken cancellationToken)
    {
        if (tiles.Count == 0)
        {
            return [];
        }

        // A proof needs a handful of tiles, one or two of each level.
        var conditions = tiles.Select((_, i) => $"(level = ${(2 * i) + 1} AND tile = ${(2 * i) + 2})");
        return await reads.AllAsync(
            $"SELECT level, tile, hashes FROM audit_tiles WHERE {string.Join(" OR ", conditions)}",
            static row => new AuditTile(row.Int(), row.Long(), row.Bytes()),
            [.. tiles.SelectMany(static tile => new SqlValue[] { tile.Level, tile.Index })],
            cancellationToken);
    }

    private static AuditRecord Read(SqlRow row) => new()
    {
        Leaf = row.Long(),
        Position = row.Long(),
        Tenant = row.Tenant(),
        Time = row.Time(),
        Action = row.Text(),
        Actor = row.Text(),
        Subject = row.TextOrNull(),
        Entry = row.Bytes(),
        Sealed = row.Bytes(),
    };
}
