using System.Text;
using Qrossing.Core.Audit.Integration;
using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit;

/// <summary>
/// Looks through a whole database's log without writing: leaf numbers dense, positions rising, entries well-formed and equal to their columns,
/// payloads matching, tiles those of the leaves, and the root over all leaves the one that the checkpoint signs, which continues a trusted one.
/// </summary>
public sealed class AuditVerifier(IAuditStore store, IAuditKeys keys)
{
    private const int Page = 1_000;
    private const int MaxProblems = 100;
    private const int TilesAtOnce = 16;

    /// <summary>Reads every entry once.</summary>
    /// <param name="key">The log's key, from a place that is trusted more than the database.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public Task<AuditVerification> VerifyAsync(NoteVerifierKey key, CancellationToken cancellationToken) => VerifyAsync(key, trusted: null, cancellationToken);

    /// <summary>Reads every entry once.</summary>
    /// <param name="key">The log's key, from a place that is trusted more than the database.</param>
    /// <param name="trusted">An earlier checkpoint of the log whose signature was checked, kept outside of the database: without one, a log that was cut back to an earlier state is sound.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<AuditVerification> VerifyAsync(NoteVerifierKey key, Checkpoint? trusted, CancellationToken cancellationToken)
    {
        var look = new Look(await store.GetTreeAsync(cancellationToken), trusted);
        IReadOnlyList<AuditRecord> page;
        do
        {
            page = await store.ReadAsync(look.Count, Page, cancellationToken);
            foreach (var record in page)
            {
                Check(look, record);
            }

            await CheckTilesAsync(look, cancellationToken);
        }
        while (page.Count == Page);
        CheckTree(look, key);
        CheckTrusted(look, trusted);
        return new AuditVerification(look.Count, look.Tree.Size, look.Opened, look.Erased, look.Problems);
    }

    private static void CheckTrusted(Look look, Checkpoint? trusted)
    {
        if (trusted is null)
        {
            return;
        }

        if (trusted.Size > look.Tree.Size)
        {
            look.Report($"The log was cut: the trusted checkpoint is over {trusted.Size} leaves, the tree has {look.Tree.Size}.");
        }
        else if (look.TrustedRoot is { } root && !root.AsSpan().SequenceEqual(trusted.Root))
        {
            look.Report($"The first {trusted.Size} entries do not have the root that the trusted checkpoint signs.");
        }
    }

    /// <summary>Compares the stored tiles with the hashes of the entries read since the last time.</summary>
    private async Task CheckTilesAsync(Look look, CancellationToken cancellationToken)
    {
        foreach (var tiles in look.Edge.TakeChanges().Chunk(TilesAtOnce))
        {
            var stored = (await store.GetTilesAsync([.. tiles.Select(tile => (tile.Level, tile.Index))], cancellationToken)).ToDictionary(tile => (tile.Level, tile.Index));
            foreach (var tile in tiles)
            {
                if (!stored.TryGetValue((tile.Level, tile.Index), out var found) || !found.Hashes.Span.StartsWith(tile.Hashes.Span))
                {
                    look.Report($"The tile {TilePath.Hashes(tile.Level, tile.Index)} is not the one of the entries.");
                }
            }
        }
    }

    private void Check(Look look, AuditRecord record)
    {
        var leaf = look.Count;
        if (record.Leaf != leaf)
        {
            look.Report($"Entry {record.Leaf} stands where {leaf} is due.");
        }

        if (record.Position <= look.Position)
        {
            look.Report($"Entry {leaf} has position {record.Position}, not after {look.Position}.");
        }

        look.Position = record.Position;
        look.Append(record.Entry.Span);
        if (!AuditEntry.TryParse(record.Entry, out var entry))
        {
            look.Report($"Entry {leaf} is not in the form of version {AuditEntry.Version}.");
            return;
        }

        if (entry.Position != record.Position || entry.Tenant != record.Tenant.Text || entry.Action != record.Action || entry.Actor != record.Actor
            || entry.Subject != record.Subject || entry.Time != AuditEntry.Text(record.Time))
        {
            look.Report($"Entry {leaf} says otherwise than the columns beside it.");
        }

        if (!AuditEnvelope.TryOpen(keys, record.Tenant, record.Sealed.Span, out var payload))
        {
            look.Report($"The payload of entry {leaf} does not open under its key.");
        }
        else if (payload is null)
        {
            look.Erased++;
        }
        else if (Convert.ToHexStringLower(payload.Hash()) == entry.PayloadHash)
        {
            look.Opened++;
        }
        else
        {
            look.Report($"The payload of entry {leaf} is not the one it commits to.");
        }
    }

    private static void CheckTree(Look look, NoteVerifierKey key)
    {
        if (look.Tree.Size == 0)
        {
            if (look.Count > 0)
            {
                look.Report($"There is no tree over {look.Count} entries: it was removed, or the gateway stopped before it made the first one. Start the gateway, then verify again.");
            }

            return;
        }

        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(look.Tree.Checkpoint), out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            look.Report("The stored checkpoint is malformed.");
            return;
        }

        if (checkpoint.Origin != key.Name || !key.Verify(note))
        {
            look.Report($"The checkpoint is not signed by {key}.");
        }

        if (checkpoint.Size != look.Tree.Size)
        {
            look.Report($"The checkpoint is over {checkpoint.Size} leaves, the tree has {look.Tree.Size}.");
        }

        if (look.Root is null)
        {
            look.Report($"The tree has {look.Tree.Size} leaves, the log {look.Count} entries.");
        }
        else if (!look.Root.AsSpan().SequenceEqual(checkpoint.Root))
        {
            look.Report("The entries do not have the root that the checkpoint signs.");
        }
    }

    /// <summary>What one look gathers.</summary>
    private sealed class Look(AuditTree tree, Checkpoint? trusted)
    {
        public AuditTree Tree => tree;

        /// <summary>Entries read.</summary>
        public long Count { get; private set; }

        /// <summary>The tree over as many of them as the stored one claims.</summary>
        public TileEdge Edge { get; } = TileEdge.Load(0, []);

        /// <summary>The root over as many entries as the tree has; null while there are fewer.</summary>
        public byte[]? Root { get; private set; }

        /// <summary>The root over as many entries as the trusted checkpoint has; null while there are fewer.</summary>
        public byte[]? TrustedRoot { get; private set; }

        public List<string> Problems { get; } = [];

        public long Position { get; set; }

        public long Opened { get; set; }

        public long Erased { get; set; }

        public void Append(ReadOnlySpan<byte> entry)
        {
            Count++;
            if (Count > tree.Size)
            {
                return; // not integrated yet
            }

            Edge.Append(entry);
            if (Count == tree.Size)
            {
                Root = Edge.Root();
            }

            if (Count == trusted?.Size)
            {
                TrustedRoot = Edge.Root();
            }
        }

        public void Report(string problem)
        {
            if (Problems.Count < MaxProblems)
            {
                Problems.Add(problem);
            }
        }
    }
}
