namespace Qrossing.Sdk.Objects;

/// <summary>A stored object.</summary>
public sealed record StoredObject
{
    /// <summary><c>obj_...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The caller's key; null when none was given.</summary>
    public string? Key { get; init; }

    /// <summary>Content id (CIDv1).</summary>
    public required string Cid { get; init; }

    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Media type as given.</summary>
    public required string ContentType { get; init; }

    /// <summary>Entity tag.</summary>
    public string? Etag { get; init; }

    /// <summary>The effect that stored it.</summary>
    public string? EffectId { get; init; }

    /// <summary>Where the content lies.</summary>
    public string? Connection { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
