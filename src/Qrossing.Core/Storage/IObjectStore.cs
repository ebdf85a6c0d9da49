using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Storage;

/// <summary>Stored objects by id, content id and key.</summary>
public interface IObjectStore
{
    /// <summary>By id.</summary>
    ValueTask<ObjectRecord?> GetAsync(TenantId tenant, ObjectId id, CancellationToken cancellationToken);

    /// <summary>The newest object with this content.</summary>
    ValueTask<ObjectRecord?> FindByCidAsync(TenantId tenant, string cid, CancellationToken cancellationToken);

    /// <summary>The newest object with this key.</summary>
    ValueTask<ObjectRecord?> FindByKeyAsync(TenantId tenant, string key, CancellationToken cancellationToken);

    /// <summary>Newest first; a key prefix narrows (null: all).</summary>
    ValueTask<Page<ObjectRecord>> ListAsync(TenantId tenant, string? keyPrefix, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Inserts; nothing happens when the id exists (a transition that ran twice).</summary>
    void Insert(IWriteSession session, ObjectRecord record);
}
