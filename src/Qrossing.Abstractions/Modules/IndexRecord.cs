namespace Qrossing.Abstractions.Modules;

/// <summary>One record for Qindex.</summary>
public sealed record IndexRecord
{
    /// <summary>The natural key, <c>type/id</c>, at most 256 characters.</summary>
    public required string Key { get; init; }

    /// <summary>The content id the record points to.</summary>
    public required string Cid { get; init; }

    /// <summary>Media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>At most 20 tags of <c>[a-z0-9_-]</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
