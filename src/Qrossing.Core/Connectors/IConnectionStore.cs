using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Connectors;

/// <summary>Configured connections.</summary>
public interface IConnectionStore
{
    /// <summary>All connections of all tenants: read at start and kept as a snapshot by the host.</summary>
    ValueTask<IReadOnlyList<ConnectionRecord>> ListAllAsync(CancellationToken cancellationToken);

    /// <summary>One connection as this unit sees it.</summary>
    ConnectionRecord? Get(IWriteSession session, TenantId tenant, string id);

    /// <summary>Inserts a connection. The unit fails when the id is taken: read first.</summary>
    void Insert(IWriteSession session, ConnectionRecord connection);

    /// <summary>Writes over the row that still has <paramref name="expectedVersion"/>; false when it has another.</summary>
    bool TryUpdate(IWriteSession session, ConnectionRecord connection, long expectedVersion);

    /// <summary>Deletes; false when there is none. Refused by the caller while effects that are not at rest use it.</summary>
    bool Delete(IWriteSession session, TenantId tenant, string id);

    /// <summary>Whether effects that are not at rest go through the connection.</summary>
    bool IsInUse(IWriteSession session, TenantId tenant, string id);

    /// <summary>Whether the content of objects lies there.</summary>
    bool HoldsObjects(IWriteSession session, TenantId tenant, string id);
}
