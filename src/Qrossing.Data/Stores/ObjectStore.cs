using System.Globalization;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;
using Qrossing.Core.Storage;
using Qrossing.Data.Sql;
using Qrossing.Data.Writing;

namespace Qrossing.Data.Stores;

/// <summary>Stored objects by id, content id and key.</summary>
internal sealed class ObjectStore(SqlReads reads) : IObjectStore
{
    private const string Columns = "tenant, id, key, cid, cid_profile, sha256, size, content_type, connection, effect, created_at";
    private const string Select = $"SELECT {Columns} FROM objects";

    private static readonly string InsertSql = $"{SqlText.Insert("objects", Columns)} ON CONFLICT (tenant, id) DO NOTHING";

    public ValueTask<ObjectRecord?> GetAsync(TenantId tenant, ObjectId id, CancellationToken cancellationToken) =>
        reads.FirstAsync<ObjectRecord>($"{Select} WHERE tenant = $1 AND id = $2", Read, [tenant, id.Text], cancellationToken);

    public ValueTask<ObjectRecord?> FindByCidAsync(TenantId tenant, string cid, CancellationToken cancellationToken) =>
        reads.FirstAsync<ObjectRecord>($"{Select} WHERE tenant = $1 AND cid = $2 ORDER BY id DESC LIMIT 1", Read, [tenant, cid], cancellationToken);

    public ValueTask<ObjectRecord?> FindByKeyAsync(TenantId tenant, string key, CancellationToken cancellationToken) =>
        reads.FirstAsync<ObjectRecord>($"{Select} WHERE tenant = $1 AND key = $2 ORDER BY id DESC LIMIT 1", Read, [tenant, key], cancellationToken);

    public ValueTask<Page<ObjectRecord>> ListAsync(TenantId tenant, string? keyPrefix, PageRequest page, CancellationToken cancellationToken) =>
        reads.PageByIdAsync(
            Select,
            tenant,
            page,
            Read,
            static item => item.Id.Text,
            cancellationToken,
            ("key >= ", keyPrefix), // lets the index skip smaller keys
            ($"substr(key, 1, {CodePoints(keyPrefix)}) = ", keyPrefix)); // both engines count code points

    public void Insert(IWriteSession session, ObjectRecord record) =>
        WriteSession.ChannelOf(session).Post(
            InsertSql,
            record.Tenant, record.Id.Text, record.Key, record.Cid, record.CidProfile, record.Sha256, record.Size, record.ContentType,
            record.Connection, record.Effect, record.CreatedAt);

    private static string CodePoints(string? text) => (text ?? string.Empty).EnumerateRunes().Count().ToString(CultureInfo.InvariantCulture);

    private static ObjectRecord Read(SqlRow row) => new()
    {
        Tenant = row.Tenant(),
        Id = row.Id<ObjectId>(),
        Key = row.TextOrNull(),
        Cid = row.Text(),
        CidProfile = row.Text(),
        Sha256 = row.Text(),
        Size = row.Long(),
        ContentType = row.Text(),
        Connection = row.Text(),
        Effect = row.Id<EffectId>(),
        CreatedAt = row.Time(),
    };
}
