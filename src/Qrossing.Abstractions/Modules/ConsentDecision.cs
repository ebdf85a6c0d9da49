namespace Qrossing.Abstractions.Modules;

/// <summary>What Qonsent decided.</summary>
public sealed record ConsentDecision
{
    /// <summary>Whether it is allowed.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Why, in Qonsent's words.</summary>
    public string? Reason { get; init; }
}
