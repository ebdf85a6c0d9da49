using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Audit;

/// <summary>Audit entries and the Merkle tree over them.</summary>
public interface IAuditStore
{
    /// <summary>Entries from a leaf on, in order, of all tenants: for the integrator and for export.</summary>
    ValueTask<IReadOnlyList<AuditRecord>> ReadAsync(long fromLeaf, int limit, CancellationToken cancellationToken);

    /// <summary>Only the entry bytes from a leaf on, in order: for the integrator.</summary>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadEntriesAsync(long fromLeaf, int limit, CancellationToken cancellationToken);

    /// <summary>A tenant's entries, newest first; filters narrow (null: all).</summary>
    ValueTask<Page<AuditRecord>> ListAsync(TenantId tenant, string? action, string? subject, PageRequest page, CancellationToken cancellationToken);

    /// <summary>A tenant's entries about one subject, oldest first, at most 1,000.</summary>
    ValueTask<IReadOnlyList<AuditRecord>> ListBySubjectAsync(TenantId tenant, string subject, CancellationToken cancellationToken);

    /// <summary>How many entries of a tenant are about one subject.</summary>
    ValueTask<long> CountBySubjectAsync(TenantId tenant, string subject, CancellationToken cancellationToken);

    /// <summary>The integrated tree; size 0 before the first integration.</summary>
    ValueTask<AuditTree> GetTreeAsync(CancellationToken cancellationToken);

    /// <summary>The number of entries, integrated or not.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Replaces tree and tiles inside a unit.</summary>
    void Integrate(IWriteSession session, AuditTree tree, IReadOnlyList<AuditTile> tiles);

    /// <summary>Hash tiles by (level, index), the widest that is stored; absent ones are left out.</summary>
    ValueTask<IReadOnlyList<AuditTile>> GetTilesAsync(IReadOnlyList<(int Level, long Index)> tiles, CancellationToken cancellationToken);
}
