using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Storage;

/// <summary>A stored object: a name for content.</summary>
public sealed record ObjectRecord
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The id.</summary>
    public required ObjectId Id { get; init; }

    /// <summary>The caller's key; a newer object of the same key takes it over. Null when none was given.</summary>
    public string? Key { get; init; }

    /// <summary>Content id.</summary>
    public required string Cid { get; init; }

    /// <summary>The profile the content id was made with.</summary>
    public required string CidProfile { get; init; }

    /// <summary>SHA-256 of the content, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Media type as given.</summary>
    public required string ContentType { get; init; }

    /// <summary>Where the content lies.</summary>
    public required string Connection { get; init; }

    /// <summary>The effect that stored it.</summary>
    public required EffectId Effect { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
