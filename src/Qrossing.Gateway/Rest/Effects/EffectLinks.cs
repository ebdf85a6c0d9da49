namespace Qrossing.Gateway.Rest.Effects;

/// <summary>Paths of what belongs to an effect.</summary>
internal sealed record EffectLinks
{
    /// <summary>The effect.</summary>
    public required string Self { get; init; }

    /// <summary>Its receipt.</summary>
    public required string Receipt { get; init; }

    /// <summary>Its events.</summary>
    public required string Events { get; init; }
}
