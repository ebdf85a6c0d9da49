using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;
using Qrossing.Data.Writing;

namespace Qrossing.Data.Stores;

/// <summary>API keys.</summary>
internal sealed class ApiKeyStore(SqlReads reads) : IApiKeyStore
{
    private const string Columns = "tenant, id, public_id, hash, client, name, environment, scopes, expires_at, revoked_at, created_at";
    private const string Select = $"SELECT {Columns} FROM api_keys";

    private static readonly string InsertSql = SqlText.Insert("api_keys", Columns);
    private static readonly string PutSql = $"{InsertSql} ON CONFLICT (public_id) DO UPDATE SET {SqlText.FromExcluded("hash, scopes, expires_at")}";

    public ValueTask<ApiKeyRecord?> FindAsync(string publicId, CancellationToken cancellationToken) =>
        reads.FirstAsync<ApiKeyRecord>($"{Select} WHERE public_id = $1", Read, [publicId], cancellationToken);

    public ValueTask<ApiKeyRecord?> GetAsync(TenantId tenant, ApiKeyId id, CancellationToken cancellationToken) =>
        reads.FirstAsync<ApiKeyRecord>($"{Select} WHERE tenant = $1 AND id = $2", Read, [tenant, id.Text], cancellationToken);

    public async ValueTask<Page<ApiKeyRecord>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken) =>
        await reads.PageByIdAsync(Select, tenant, page, Read, static key => key.Id.Text, cancellationToken);

    public ValueTask<bool> AnyAsync(CancellationToken cancellationToken) =>
        reads.FirstAsync("SELECT 1 FROM api_keys LIMIT 1", static _ => true, [], cancellationToken);

    public void Insert(IWriteSession session, ApiKeyRecord key) => WriteSession.ChannelOf(session).Post(InsertSql, ValuesOf(key));

    public void Put(IWriteSession session, ApiKeyRecord key) => WriteSession.ChannelOf(session).Post(PutSql, ValuesOf(key));

    public bool Revoke(IWriteSession session, TenantId tenant, ApiKeyId id, DateTimeOffset at) =>
        WriteSession.ChannelOf(session).Execute(
            "UPDATE api_keys SET revoked_at = $3 WHERE tenant = $1 AND id = $2 AND revoked_at IS NULL", tenant, id.Text, at) == 1;

    private static SqlValue[] ValuesOf(ApiKeyRecord key) =>
    [
        key.Tenant, key.Id.Text, key.PublicId, key.Hash, key.Client.Text, key.Name, key.Environment, SqlText.FromList(key.Scopes),
        key.ExpiresAt, key.RevokedAt, key.CreatedAt,
    ];

    private static ApiKeyRecord Read(SqlRow row) => new()
    {
        Tenant = row.Tenant(),
        Id = row.Id<ApiKeyId>(),
        PublicId = row.Text(),
        Hash = row.Bytes(),
        Client = row.Id<ClientId>(),
        Name = row.Text(),
        Environment = row.Text(),
        Scopes = row.Texts(),
        ExpiresAt = row.TimeOrNull(),
        RevokedAt = row.TimeOrNull(),
        CreatedAt = row.Time(),
    };
}
