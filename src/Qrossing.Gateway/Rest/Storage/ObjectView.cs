using Qrossing.Core.Storage;

namespace Qrossing.Gateway.Rest.Storage;

/// <summary>A stored object.</summary>
internal sealed record ObjectView
{
    /// <summary><c>obj_...</c></summary>
    public required string Id { get; init; }

    /// <summary>The caller's name for it.</summary>
    public string? Key { get; init; }

    /// <summary>Content id (CIDv1).</summary>
    public required string Cid { get; init; }

    /// <summary>SHA-256 of the content, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Media type as given.</summary>
    public required string ContentType { get; init; }

    /// <summary>The content id in quotes.</summary>
    public required string Etag { get; init; }

    /// <summary>The effect that stored it.</summary>
    public required string EffectId { get; init; }

    /// <summary>Where the content lies.</summary>
    public string? Connection { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The view of a record.</summary>
    public static ObjectView Of(ObjectRecord record) => new()
    {
        Id = record.Id.Text,
        Key = record.Key,
        Cid = record.Cid,
        Sha256 = record.Sha256,
        Size = record.Size,
        ContentType = record.ContentType,
        Etag = $"\"{record.Cid}\"",
        EffectId = record.Effect.Text,
        Connection = record.Connection,
        CreatedAt = record.CreatedAt,
    };
}
