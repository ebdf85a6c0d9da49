namespace Qrossing.Core.Effects.Running;

/// <summary>What a submission came to within the caller's wait.</summary>
/// <param name="Effect">The effect as it stands.</param>
/// <param name="Final">The final answer; null while there is none (202).</param>
/// <param name="Replayed">Whether the effect was there before this request.</param>
public sealed record EffectAnswer(Effect Effect, StoredAnswer? Final, bool Replayed);
