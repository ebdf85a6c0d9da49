using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects;

/// <summary>What a queue needs to know of an effect: bodies are read when its turn comes.</summary>
/// <param name="Tenant">The owner.</param>
/// <param name="Id">The effect.</param>
/// <param name="Connection">The connection it goes through.</param>
/// <param name="CreatedAt">When it was recorded.</param>
public readonly record struct EffectHandle(TenantId Tenant, EffectId Id, string Connection, DateTimeOffset CreatedAt)
{
    /// <summary>The handle of an effect.</summary>
    public static EffectHandle Of(Effect effect) => new(effect.Tenant, effect.Id, effect.Connection, effect.CreatedAt);
}
