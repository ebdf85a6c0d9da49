using System.Text;
using System.Text.Json;
using Qrossing.Core.Audit;

namespace Qrossing.Gateway.Rest.Audit;

/// <summary>An audit entry.</summary>
internal sealed record AuditView
{
    /// <summary>Its number in the transparency log, from 0.</summary>
    public required long Leaf { get; init; }

    /// <summary>The exact bytes of the leaf (JCS) as text.</summary>
    public required string Entry { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>To what.</summary>
    public string? Subject { get; init; }

    /// <summary>What the entry commits to; absent when it was erased.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>The salt of the commitment, hex; absent when it was erased.</summary>
    public string? Salt { get; init; }

    /// <summary>The proof that the log includes it; in the single view only.</summary>
    public AuditProofView? Proof { get; init; }

    /// <summary>The view of a record.</summary>
    public static AuditView Of(AuditRecord record, AuditPayload? payload) => new()
    {
        Leaf = record.Leaf,
        Entry = Encoding.UTF8.GetString(record.Entry.Span),
        Time = record.Time,
        Action = record.Action,
        Actor = record.Actor,
        Subject = record.Subject,
        Payload = payload is null ? null : JsonElement.Parse(payload.Bytes, new JsonDocumentOptions { MaxDepth = 1_000 }),
        Salt = payload is null ? null : Convert.ToHexStringLower(payload.Salt),
    };
}
