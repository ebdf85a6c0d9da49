using Qrossing.Sdk.Effects;

namespace Qrossing.Sdk;

/// <summary>The answer to a request that causes an effect.</summary>
/// <typeparam name="T">What the effect brings about.</typeparam>
public sealed record EffectAnswer<T>
    where T : class
{
    /// <summary>What was brought about; null while the outcome is not known to be <c>succeeded</c>.</summary>
    public T? Value { get; init; }

    /// <summary>The effect as it stood, when the answer came before its end.</summary>
    public Effect? Effect { get; init; }

    /// <summary>The effect's id; null when the gateway did not name one.</summary>
    public string? EffectId { get; init; }

    /// <summary>Whether this is the stored answer of an earlier request with the same idempotency key.</summary>
    public bool Replayed { get; init; }

    /// <summary>Whether it succeeded. False means pending or unknown: follow <see cref="EffectId"/>.</summary>
    public bool IsComplete => Value is not null;
}
