using System.Text;
using System.Text.Json;
using Qrossing.Formats.Json;
using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit.Receipts;

/// <summary>
/// Checks a receipt offline, by the steps of docs/receipt.md: 1. the signature over the whole; 2. the checkpoint; 3. for every entry its place in
/// the tree, its payload and what it is about; 4. the transitions lead from <c>recorded</c> to the phase that the receipt claims.
/// </summary>
public static class ReceiptVerifier
{
    /// <summary>Checks a receipt's bytes.</summary>
    /// <param name="receipt">UTF-8 JSON.</param>
    /// <param name="key">The log's key, from a place that is trusted; not the one in the receipt.</param>
    public static ReceiptVerification Verify(ReadOnlyMemory<byte> receipt, NoteVerifierKey key)
    {
        if (!StrictJson.TryParse(receipt, out var document, out var problem))
        {
            return new ReceiptVerification(null, 0, 0, 0, [$"Not JSON: {problem.Message}"]);
        }

        using (document)
        {
            try
            {
                return Verify(document.RootElement, key);
            }
            catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
            {
                // Members are read without asking first; a receipt that lacks one, or has another type there, is none.
                return new ReceiptVerification(null, 0, 0, 0, [$"Not a receipt of version 1: {exception.Message}"]);
            }
        }
    }

    private static ReceiptVerification Verify(JsonElement receipt, NoteVerifierKey key)
    {
        var problems = new List<string>();
        if (receipt.GetProperty("v").GetInt32() != 1)
        {
            problems.Add("The receipt is of another version than 1.");
        }

        // 1.
        if (ReadNote(receipt.GetProperty(ReceiptSeal.Member), key, problems, "signature")?.Text != ReceiptSeal.TextOf(receipt))
        {
            problems.Add("The signature is not over this receipt.");
        }

        // 2.
        var note = ReadNote(receipt.GetProperty("checkpoint"), key, problems, "checkpoint");
        var effect = receipt.GetProperty("effect").GetProperty("id").GetString();
        if (!Checkpoint.TryParse(note?.Text, out var checkpoint) || checkpoint.Origin != key.Name)
        {
            problems.Add($"The checkpoint is not one of {key.Name}.");
            return new ReceiptVerification(effect, 0, 0, 0, problems);
        }

        // 3.
        var before = -1L;
        var (proven, erased) = (0, 0);
        var story = new ReceiptStory(receipt);
        foreach (var entry in receipt.GetProperty("entries").EnumerateArray())
        {
            var leaf = entry.GetProperty("leaf").GetInt64();
            if (leaf <= before)
            {
                problems.Add($"Entry {leaf} does not come after entry {before}.");
            }

            before = leaf;
            proven += CheckEntry(entry, leaf, checkpoint, effect, story, problems) ? 1 : 0;
            erased += entry.TryGetProperty("payload", out _) ? 0 : 1;
        }

        if (before < 0)
        {
            problems.Add("The receipt has no entries.");
        }

        // 4.
        story.End(problems);

        return new ReceiptVerification(effect, checkpoint.Size, proven, erased, problems);
    }

    private static bool CheckEntry(JsonElement item, long leaf, Checkpoint checkpoint, string? effect, ReceiptStory story, List<string> problems)
    {
        var bytes = Encoding.UTF8.GetBytes(item.GetProperty("entry").GetString()!);
        List<byte[]> path = [.. item.GetProperty("proof").EnumerateArray().Select(hash => hash.GetBytesFromBase64())];
        var isProven = MerkleProof.VerifyInclusion(Rfc6962.LeafHash(bytes), leaf, checkpoint.Size, path, checkpoint.Root);
        if (!isProven)
        {
            problems.Add($"Entry {leaf} is not in the tree of the checkpoint.");
        }

        if (!AuditEntry.TryParse(bytes, out var entry))
        {
            problems.Add($"Entry {leaf} is not in the form of version {AuditEntry.Version}.");
            return false;
        }

        if (entry.Subject != effect)
        {
            problems.Add($"Entry {leaf} is not about {effect}.");
        }

        // Without a payload it was erased: the entry stays proven, and nothing is shown that could be wrong.
        if (item.TryGetProperty("payload", out var payload))
        {
            var hidden = new AuditPayload(Convert.FromHexString(item.GetProperty("salt").GetString()!), Encoding.UTF8.GetBytes(payload.GetString()!));
            if (hidden.Salt.Length != AuditPayload.SaltLength || Convert.ToHexStringLower(hidden.Hash()) != entry.PayloadHash)
            {
                problems.Add($"The payload of entry {leaf} is not the one it commits to.");
            }

            story.Tell(leaf, entry.Action, hidden.Bytes, problems);
        }
        else
        {
            story.Skip(entry.Action);
        }

        return isProven;
    }

    private static SignedNote? ReadNote(JsonElement member, NoteVerifierKey key, List<string> problems, string name)
    {
        if (SignedNote.TryParse(Encoding.UTF8.GetBytes(member.GetString()!), out var note) && key.Verify(note))
        {
            return note;
        }

        problems.Add($"The {name} is not a note signed by {key}.");
        return null;
    }
}
