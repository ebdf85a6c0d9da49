namespace Qrossing.Sdk.Effects;

/// <summary>An audit entry with what proves it.</summary>
public sealed record ReceiptEntry
{
    /// <summary>Its index in the transparency log, from 0.</summary>
    public required long Leaf { get; init; }

    /// <summary>The entry: JSON text whose UTF-8 bytes are what is hashed.</summary>
    public required string Entry { get; init; }

    /// <summary>Hexadecimal; null when the payload was erased.</summary>
    public string? Salt { get; init; }

    /// <summary>What the entry commits to: JSON text whose UTF-8 bytes are what is hashed; null when it was erased.</summary>
    public string? Payload { get; init; }

    /// <summary>The inclusion proof from the leaf upwards, base64.</summary>
    public IReadOnlyList<string> Proof { get; init; } = [];
}
