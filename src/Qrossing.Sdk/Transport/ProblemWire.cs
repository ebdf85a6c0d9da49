namespace Qrossing.Sdk.Transport;

/// <summary>A problem document (RFC 9457 section 3) with the gateway's own members.</summary>
internal sealed record ProblemWire
{
    public string? Title { get; init; }

    public int? Status { get; init; }

    public string? Detail { get; init; }

    public string? Code { get; init; }

    public string? TraceId { get; init; }

    public bool Retryable { get; init; }

    public long? RetryAfterMs { get; init; }

    public string? EffectId { get; init; }

    public string? EffectOutcome { get; init; }

    public IReadOnlyList<FieldProblem>? Errors { get; init; }
}
