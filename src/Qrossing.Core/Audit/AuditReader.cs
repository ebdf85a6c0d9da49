using Qrossing.Core.Access;
using Qrossing.Core.Audit.Integration;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;
using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit;

/// <summary>Reads the audit log: entries for their owner, tree and tiles for everybody who may see the log.</summary>
public sealed class AuditReader(IAuditStore store, IAuditKeys keys)
{
    /// <summary>A tenant's entries, newest first; filters narrow (null: all).</summary>
    public ValueTask<Page<AuditRecord>> ListAsync(
        RequestContext context, string? action, string? subject, PageRequest page, CancellationToken cancellationToken) =>
        store.ListAsync(context.Caller.Tenant, action, subject, page, cancellationToken);

    /// <summary>What an entry commits to; null when it was erased.</summary>
    public AuditPayload? Open(AuditRecord record) => AuditEnvelope.Open(keys, record.Tenant, record.Sealed.Span);

    /// <summary>One entry by leaf with its proof; or <c>audit.not_found</c>, <c>audit.not_integrated</c>.</summary>
    public async ValueTask<Result<AuditProof>> GetAsync(RequestContext context, long leaf, CancellationToken cancellationToken)
    {
        var found = leaf < 0 ? [] : await store.ReadAsync(leaf, 1, cancellationToken);
        if (found is not [var record] || record.Leaf != leaf || record.Tenant != context.Caller.Tenant)
        {
            return new Refusal(AuditErrors.EntryNotFound, $"There is no audit entry {leaf}.");
        }

        var tree = await store.GetTreeAsync(cancellationToken);
        var proofs = await ProveAsync(tree, [record], cancellationToken);
        return proofs is [var proof] ? proof : new Refusal(AuditErrors.NotIntegrated, $"The audit entry {leaf} is not in the tree yet.") { RetryAfter = TimeSpan.FromSeconds(1) };
    }

    /// <summary>The signed note over the newest tree; null before the first entry.</summary>
    public async ValueTask<string?> CheckpointAsync(CancellationToken cancellationToken) =>
        await store.GetTreeAsync(cancellationToken) is { Size: > 0 } tree ? tree.Checkpoint : null;

    /// <summary>A tile or bundle of the newest tree (c2sp.org/tlog-tiles); null when the tree has no such hashes or entries (yet).</summary>
    public async ValueTask<byte[]?> TileAsync(TilePath path, CancellationToken cancellationToken)
    {
        var tree = await store.GetTreeAsync(cancellationToken);
        var height = TilePath.Height * (path.Level ?? 0);
        if (height > 62 || path.Index > (tree.Size >> height >> TilePath.Height) || (tree.Size >> height) - (path.Index << TilePath.Height) < path.Width)
        {
            return null;
        }

        if (path.Level is { } level)
        {
            var tiles = await store.GetTilesAsync([(level, path.Index)], cancellationToken);
            return tiles is [var tile] && tile.Width >= path.Width ? tile.Hashes[..(path.Width * Rfc6962.HashLength)].ToArray() : null;
        }

        return EntryBundle.Encode(await store.ReadEntriesAsync(path.Index << TilePath.Height, path.Width, cancellationToken));
    }

    /// <summary>The proof that the tree of a former size is a prefix of the newest; null when there is no such former tree.</summary>
    public async ValueTask<IReadOnlyList<byte[]>?> ConsistencyAsync(long oldSize, CancellationToken cancellationToken)
    {
        var tree = await store.GetTreeAsync(cancellationToken);
        if (oldSize < 0 || oldSize > tree.Size)
        {
            return null;
        }

        var tiles = await store.GetTilesAsync(TileHashes.Needed(MerkleTree.ConsistencySubtrees(oldSize, tree.Size)), cancellationToken);
        return MerkleTree.ConsistencyProof(oldSize, tree.Size, new TileHashes(tiles));
    }

    /// <summary>Proofs in one tree of those records that it includes, in the order given.</summary>
    internal async ValueTask<IReadOnlyList<AuditProof>> ProveAsync(AuditTree tree, IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        var included = records.Where(record => record.Leaf < tree.Size).ToList();
        var needed = TileHashes.Needed(included.SelectMany(record => MerkleTree.InclusionSubtrees(record.Leaf, tree.Size)));
        var hashes = new TileHashes(await store.GetTilesAsync(needed, cancellationToken));
        return [.. included.Select(record => new AuditProof(
            record, Open(record), MerkleTree.InclusionProof(record.Leaf, tree.Size, hashes), tree.Size, tree.Checkpoint))];
    }
}
