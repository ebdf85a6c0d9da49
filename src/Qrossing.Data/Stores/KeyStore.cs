using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Data.Sql;
using Qrossing.Data.Writing;

namespace Qrossing.Data.Stores;

/// <summary>The key ring's wrapped data keys.</summary>
internal sealed class KeyStore(SqlReads reads) : IKeyStore
{
    private const string Columns = "tenant, purpose, wrapped, created_at";

    private static readonly string InsertSql = SqlText.Insert("wrapped_keys", Columns);

    public async ValueTask<IReadOnlyList<WrappedKey>> ListAsync(CancellationToken cancellationToken) =>
        await reads.AllAsync($"SELECT {Columns} FROM wrapped_keys ORDER BY tenant, purpose", Read, [], cancellationToken);

    public WrappedKey? Find(IWriteSession session, TenantId tenant, string purpose) =>
        WriteSession.ChannelOf(session).First<WrappedKey>($"SELECT {Columns} FROM wrapped_keys WHERE tenant = $1 AND purpose = $2", Read, tenant, purpose);

    public void Insert(IWriteSession session, WrappedKey key) =>
        WriteSession.ChannelOf(session).Post(InsertSql, key.Tenant, key.Purpose, key.Wrapped, key.CreatedAt);

    private static WrappedKey Read(SqlRow row) => new(row.Tenant(), row.Text(), row.Bytes(), row.Time());
}
