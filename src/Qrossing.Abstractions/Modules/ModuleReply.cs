namespace Qrossing.Abstractions.Modules;

/// <summary>A module's reply.</summary>
public sealed record ModuleReply
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Media type.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
