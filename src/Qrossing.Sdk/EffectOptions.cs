namespace Qrossing.Sdk;

/// <summary>How a request that causes an effect is made.</summary>
public sealed record EffectOptions
{
    /// <summary>
    /// <c>Idempotency-Key</c>, 1 to 255 visible ASCII characters: repeats of the same request with the same key have one effect and one answer. Default none: such a request must not be repeated
    /// when its answer is lost. A key used for another request is refused with <c>idempotency.mismatch</c>.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long the gateway waits for an outcome before it answers that the effect is pending; whole seconds, 0 to 60. Default 10 s.</summary>
    public TimeSpan? Wait { get; init; }
}
