namespace Qrossing.Sdk.Gateway;

/// <summary>One thing that the gateway can do, and whether it can do it now.</summary>
public sealed record Capability
{
    /// <summary>Its name in business terms, for example a chain.</summary>
    public required string Name { get; init; }

    /// <summary>The connection behind it.</summary>
    public string? Connection { get; init; }

    /// <summary>How it stands; words are added.</summary>
    public required string State { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why, as a code; null when all is well.</summary>
    public string? Because { get; init; }
}
