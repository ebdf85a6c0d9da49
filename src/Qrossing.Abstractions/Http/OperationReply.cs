namespace Qrossing.Abstractions.Http;

/// <summary>What the API answered.</summary>
public sealed record OperationReply
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Media type.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
