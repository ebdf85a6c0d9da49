namespace Qrossing.Abstractions.Modules;

/// <summary>What Qindex says about a record.</summary>
public sealed record IndexReceipt
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>The version Qindex gave it, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>The id Qindex keeps the record under, when it says one.</summary>
    public string? IndexCid { get; init; }
}
