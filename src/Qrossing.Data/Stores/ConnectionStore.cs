using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;
using Qrossing.Data.Writing;

namespace Qrossing.Data.Stores;

/// <summary>Configured connections.</summary>
internal sealed class ConnectionStore(SqlReads reads) : IConnectionStore
{
    private const string Columns = "tenant, id, kind, options, status, status_reason, environment, managed_by, version, created_at, updated_at";

    private static readonly string InsertSql = SqlText.Insert("connections", Columns);
    private static readonly string UpdateSql = $"{SqlText.Update("connections", Columns)} WHERE tenant = $1 AND id = $2 AND version = $12";

    public async ValueTask<IReadOnlyList<ConnectionRecord>> ListAllAsync(CancellationToken cancellationToken) =>
        await reads.AllAsync($"SELECT {Columns} FROM connections ORDER BY tenant, id", Read, [], cancellationToken);

    public ConnectionRecord? Get(IWriteSession session, TenantId tenant, string id) =>
        WriteSession.ChannelOf(session).First<ConnectionRecord>($"SELECT {Columns} FROM connections WHERE tenant = $1 AND id = $2", Read, tenant, id);

    public void Insert(IWriteSession session, ConnectionRecord connection) =>
        WriteSession.ChannelOf(session).Post(InsertSql, ValuesOf(connection));

    public bool TryUpdate(IWriteSession session, ConnectionRecord connection, long expectedVersion) =>
        WriteSession.ChannelOf(session).Execute(UpdateSql, [.. ValuesOf(connection), expectedVersion]) == 1;

    public bool Delete(IWriteSession session, TenantId tenant, string id) =>
        WriteSession.ChannelOf(session).Execute("DELETE FROM connections WHERE tenant = $1 AND id = $2", tenant, id) == 1;

    public bool IsInUse(IWriteSession session, TenantId tenant, string id) =>
        WriteSession.ChannelOf(session).Any("SELECT 1 FROM effects WHERE tenant = $1 AND connection = $2 AND at_rest = 0 LIMIT 1", tenant, id);

    public bool HoldsObjects(IWriteSession session, TenantId tenant, string id) =>
        WriteSession.ChannelOf(session).Any("SELECT 1 FROM objects WHERE tenant = $1 AND connection = $2 LIMIT 1", tenant, id);

    private static SqlValue[] ValuesOf(ConnectionRecord connection) =>
    [
        connection.Tenant, connection.Id, connection.Kind, connection.Options, connection.Status, connection.StatusReason,
        connection.Environment, connection.ManagedBy, connection.Version, connection.CreatedAt, connection.UpdatedAt,
    ];

    private static ConnectionRecord Read(SqlRow row) => new()
    {
        Tenant = row.Tenant(),
        Id = row.Text(),
        Kind = row.Text(),
        Options = row.Bytes(),
        Status = row.Text(),
        StatusReason = row.TextOrNull(),
        Environment = row.Text(),
        ManagedBy = row.Text(),
        Version = row.Long(),
        CreatedAt = row.Time(),
        UpdatedAt = row.Time(),
    };
}
