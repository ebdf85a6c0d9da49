using Qrossing.Sdk;
using Qrossing.Sdk.Effects;

namespace Qrossing.Console.Pages;

/// <summary>A list of effects.</summary>
public sealed record EffectListModel
{
    /// <summary>What it was narrowed by.</summary>
    public required EffectFilter Filter { get; init; }

    /// <summary>The effects.</summary>
    public required Page<Effect> Effects { get; init; }
}
