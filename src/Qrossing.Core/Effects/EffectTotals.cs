namespace Qrossing.Core.Effects;

/// <summary>What is not at rest.</summary>
/// <param name="ByPhase">Counts by phase, phases at rest left out.</param>
/// <param name="OldestUnknown">When the oldest unknown effect last changed into it; null without one.</param>
/// <param name="MostOverdue">The earliest action that should have happened by now; null when none is overdue.</param>
public sealed record EffectTotals(IReadOnlyDictionary<EffectPhase, long> ByPhase, DateTimeOffset? OldestUnknown, DateTimeOffset? MostOverdue);
