namespace Qrossing.Abstractions.Cloud;

/// <summary>What to read.</summary>
public sealed record GetObject
{
    /// <summary>The content id.</summary>
    public required string Cid { get; init; }

    /// <summary>First byte, from 0. Default 0.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes to read; null to the end.</summary>
    public long? Length { get; init; }
}
