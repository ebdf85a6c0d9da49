using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Cloud;

/// <summary>Content to store.</summary>
public sealed record PutObject
{
    /// <summary>The content id under the default profile (CIDv1, SHA-256, raw leaves, 256 KiB chunks, 174 links, balanced).</summary>
    public required string Cid { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the whole content.</summary>
    public required ReadOnlyMemory<byte> Sha256 { get; init; }

    /// <summary>SHA-256 of each 256 KiB chunk, one after another.</summary>
    public required ReadOnlyMemory<byte> LeafDigests { get; init; }

    /// <summary>The media type as the caller gave it.</summary>
    public required string ContentType { get; init; }

    /// <summary>The bytes.</summary>
    public required ISpooledBody Body { get; init; }
}
