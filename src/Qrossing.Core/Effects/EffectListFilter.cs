namespace Qrossing.Core.Effects;

/// <summary>Narrows a list of effects; null means all.</summary>
public sealed record EffectListFilter(EffectOutcome? Outcome = null, string? Connection = null, string? Kind = null);
