using System.Text;
using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit;

/// <summary>
/// Looks through a whole database's log without writing: leaf numbers dense, positions rising, entries well-formed and equal to their columns,
/// payloads matching, and the root over all leaves the one that the checkpoint signs.
/// </summary>
public sealed class AuditVerifier(IAuditStore store, IAuditKeys keys)
{
    private const int Page = 1_000;
    private const int MaxProblems = 100;

    /// <summary>Reads every entry once.</summary>
    /// <param name="key">The log's key, from a place that is trusted more than the database.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<AuditVerification> VerifyAsync(NoteVerifierKey key, CancellationToken cancellationToken)
    {
        var look = new Look(await store.GetTreeAsync(cancellationToken));
        IReadOnlyList<AuditRecord> page;
        do
        {
            page = await store.ReadAsync(look.Range.Size, Page, cancellationToken);
            foreach (var record in page)
            {
                Check(look, record);
            }
        }
        while (page.Count == Page);
        CheckTree(look, key);
        return new AuditVerification(look.Range.Size, look.Tree.Size, look.Opened, look.Erased, look.Problems);
    }

    private void Check(Look look, AuditRecord record)
    {
        var leaf = look.Range.Size;
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

        if (AuditEnvelope.Open(keys, record.Tenant, record.Sealed.Span) is not { } payload)
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
            return; // nothing is integrated yet, nothing is claimed
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
            look.Report($"The tree has {look.Tree.Size} leaves, the log {look.Range.Size} entries.");
        }
        else if (!look.Root.AsSpan().SequenceEqual(checkpoint.Root))
        {
            look.Report("The entries do not have the root that the checkpoint signs.");
        }
    }

    /// <summary>What one look gathers.</summary>
    private sealed class Look(AuditTree tree)
    {
        public AuditTree Tree => tree;

        public CompactRange Range { get; } = new();

        /// <summary>The root over as many entries as the tree has; null while there are fewer.</summary>
        public byte[]? Root { get; private set; }

        public List<string> Problems { get; } = [];

        public long Position { get; set; }

        public long Opened { get; set; }

        public long Erased { get; set; }

        public void Append(ReadOnlySpan<byte> entry)
        {
            Range.Append(Rfc6962.LeafHash(entry), (_, _) => { });
            if (Range.Size == tree.Size)
            {
                Root = Range.Root();
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
