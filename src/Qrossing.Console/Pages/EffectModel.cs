using Qrossing.Sdk.Effects;

namespace Qrossing.Console.Pages;

/// <summary>One effect.</summary>
public sealed record EffectModel
{
    /// <summary>The effect with its attempts.</summary>
    public required Effect Effect { get; init; }

    /// <summary>Its receipt.</summary>
    public required Loaded<Receipt> Receipt { get; init; }

    /// <summary>What the operator just had done.</summary>
    public string? Done { get; init; }
}
