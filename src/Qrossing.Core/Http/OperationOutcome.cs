using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;

namespace Qrossing.Core.Http;

/// <summary>What became of a call: the reply of a read, or the effect of a write. Exactly one is set.</summary>
/// <param name="Reply">The reply of a read-only operation.</param>
/// <param name="Effect">The effect of any other.</param>
public sealed record OperationOutcome(RelayedReply? Reply, EffectAnswer? Effect);
