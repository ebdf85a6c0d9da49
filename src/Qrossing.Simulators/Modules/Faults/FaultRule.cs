namespace Qrossing.Simulators.Modules.Faults;

/// <summary>One rule as its author wrote it.</summary>
internal sealed record FaultRule(FaultMatch Match, FaultKind Kind)
{
    /// <summary>The status to answer, 400 to 599; <see cref="FaultKind.Status"/> only, and required there.</summary>
    public int? Status { get; init; }

    /// <summary>Milliseconds before the answer or the applying, 1 to 120,000; <see cref="FaultKind.Slow"/> and <see cref="FaultKind.SlowBeforeApply"/> only, and required there.</summary>
    public int? DelayMs { get; init; }

    /// <summary>How many matching requests are hit; without it all are.</summary>
    public int? Times { get; init; }

    /// <summary>How many matching requests pass unharmed before the first hit.</summary>
    public int After { get; init; }

    /// <summary>Seconds for <c>Retry-After</c>; <see cref="FaultKind.Status"/> only.</summary>
    public int? RetryAfterSeconds { get; init; }
}
