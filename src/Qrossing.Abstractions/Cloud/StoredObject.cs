namespace Qrossing.Abstractions.Cloud;

/// <summary>Content that the store has.</summary>
public sealed record StoredObject
{
    /// <summary>The content id.</summary>
    public required string Cid { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }
}
