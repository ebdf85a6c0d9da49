using System.Text;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Audit.Integration;
using Qrossing.Core.Audit.Receipts;
using Qrossing.Core.Effects;
using Qrossing.Formats.Transparency;

namespace Qrossing.Tests.Core.Audit.Receipts;

/// <summary>The worked example of docs/receipt.md, computed: a fixed key, fixed salts, three entries in the log, two of them about the effect.</summary>
internal static class ReceiptExample
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private const string Digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static readonly EffectId Effect = EffectId.FromText("eff_01kdyxs5m8e5z8xq3v4w9n7t2r");

    public static NoteSigner Signer { get; } = new("qrossing/example", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    /// <summary>The receipt and the values on the way to it that the document names.</summary>
    public static (JsonObject Receipt, IReadOnlyList<string> Steps) Build()
    {
        var payloads = new AuditPayload[]
        {
            new(Salt(0x10), Utf8("""{"key":"key_1"}""")),
            new(Salt(0x20), Utf8($$"""{"client":"cli_1","connection":"local","from":"recorded","kind":"objects.put","requestDigest":"{{Digest}}","to":"sending"}""")),
            new(Salt(0x30), Utf8($$"""{"client":"cli_1","connection":"local","evidence":{"peerReference":"bafkrei"},"from":"sending","kind":"objects.put","requestDigest":"{{Digest}}","to":"succeeded"}""")),
        };
        var records = new[]
        {
            Record(0, "api_keys.created", "key_1", payloads[0]),
            Record(1, "effects.sending", Effect.Text, payloads[1]),
            Record(2, "effects.succeeded", Effect.Text, payloads[2]),
        };

        var edge = TileEdge.Load(0, []);
        foreach (var record in records)
        {
            edge.Append(record.Entry.Span);
        }

        var root = edge.Root();
        var hashes = new TileHashes(edge.TakeChanges());
        var checkpoint = Signer.Sign(new Checkpoint(Signer.VerifierKey.Name, edge.Size, root).ToString()).ToString();
        var entries = records.Zip(payloads).Skip(1).Select(pair => (JsonNode)ReceiptParts.Entry(new AuditProof(
            pair.First, pair.Second, MerkleTree.InclusionProof(pair.First.Leaf, edge.Size, hashes), edge.Size, checkpoint)));
        var receipt = new JsonObject
        {
            ["v"] = 1,
            ["issuedAt"] = AuditEntry.Text(Time.AddSeconds(2)),
            ["effect"] = ReceiptParts.Effect(NewEffect()),
            ["attempts"] = new JsonArray(),
            ["entries"] = new JsonArray([.. entries]),
            ["entriesPending"] = 0,
            ["events"] = new JsonArray(),
            ["deliveries"] = new JsonArray(),
            ["checkpoint"] = checkpoint,
            ["key"] = Signer.VerifierKey.ToString(),
        };
        ReceiptSeal.Sign(receipt, Signer);
        return (receipt,
        [
            Encoding.UTF8.GetString(records[2].Entry.Span),
            payloads[2].Text,
            Convert.ToHexStringLower(payloads[2].Salt),
            Convert.ToHexStringLower(payloads[2].Hash()),
            Convert.ToHexStringLower(Rfc6962.LeafHash(records[2].Entry.Span)),
            Convert.ToHexStringLower(hashes.Read(1, 0)),
            Convert.ToHexStringLower(root),
            Signer.VerifierKey.ToString(),
        ]);
    }

    private static AuditRecord Record(long leaf, string action, string subject, AuditPayload payload)
    {
        var draft = new AuditDraft
        {
            Tenant = TenantId.Default,
            Action = action,
            Actor = leaf == 2 ? "system" : "key:key_1",
            Subject = subject,
            RequestId = leaf == 2 ? null : "req_1",
            Payload = [],
        };
        var position = (2 * leaf) + 1; // each has an event beside it
        return new AuditRecord
        {
            Leaf = leaf,
            Position = position,
            Tenant = draft.Tenant,
            Time = Time.AddMilliseconds(leaf),
            Action = action,
            Actor = draft.Actor,
            Subject = subject,
            Entry = AuditEntry.Of(draft, position, Time.AddMilliseconds(leaf), payload.Hash()).Encode(),
            Sealed = ReadOnlyMemory<byte>.Empty,
        };
    }

    private static Effect NewEffect() => new()
    {
        Tenant = TenantId.Default,
        Id = Effect,
        Kind = "objects.put",
        Connection = "local",
        Client = "cli_1",
        State = new EffectState(EffectPhase.Succeeded, Finality.Final),
        Request = Utf8("{}"),
        RequestDigest = Digest,
        PartitionKey = Effect.Text,
        ExpiresAt = Time.AddHours(72),
        Version = 3,
        CreatedAt = Time,
        UpdatedAt = Time.AddMilliseconds(2),
    };

    private static byte[] Salt(byte start) => [.. Enumerable.Range(start, AuditPayload.SaltLength).Select(i => (byte)i)];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
