using System.ComponentModel.DataAnnotations;

namespace Qrossing.Core.Connectors.Resilience;

/// <summary>Limits of calls to external systems, the same for every connection. Section <c>Resilience</c>; read at start.</summary>
public sealed record ResilienceOptions : IValidatableObject
{
    /// <summary>Calls per second and connection; repeats inside a call are not counted. 0.1 to 100,000. Default none: no limit.</summary>
    [Range(0.1, 100_000)]
    public double? CallsPerSecond { get; init; }

    /// <summary>How many calls may come at once above the rate. 1 to 100,000. Default 100.</summary>
    [Range(1, 100_000)]
    public int Burst { get; init; } = 100;

    /// <summary>Calls of one connection at the same time. 1 to 4,096. Default 128.</summary>
    [Range(1, 4_096)]
    public int MaxConcurrency { get; init; } = 128;

    /// <summary>Calls that wait for a free place; more are refused with <c>connector.overloaded</c>. 0 to 100,000. Default 1,024.</summary>
    [Range(0, 100_000)]
    public int MaxQueue { get; init; } = 1_024;

    /// <summary>How long a call waits for the rate limit or a free place. 0 to 1 minute. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call takes with its repeats. 10 ms to 1 day. Default 60 s. A write may name its own.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one attempt takes. 10 ms to 1 day, at most <see cref="TotalTimeout"/>. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a connection takes to be made, TLS included. 10 ms to 1 minute. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts inside one call, the first included; 1 repeats nothing. 1 to 10. Default 3.</summary>
    [Range(1, 10)]
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The wait before the first repeat; it doubles, and up to half of it is taken off at random. 1 ms to 1 minute. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Repeats per call, as a share that all calls of a connection have together. 0 to 1. Default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double RetryShare { get; init; } = 0.2;

    /// <summary>The share of failed calls that opens a circuit. 0.01 to 1. Default 0.5.</summary>
    [Range(0.01, 1.0)]
    public double CircuitFailureRatio { get; init; } = 0.5;

    /// <summary>The fewest calls within <see cref="CircuitWindow"/> that a circuit judges by. 2 to 100,000. Default 8.</summary>
    [Range(2, 100_000)]
    public int CircuitMinimumCalls { get; init; } = 8;

    /// <summary>The time a circuit looks back. 1 s to 1 hour. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CircuitWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a circuit stays open before one call tries. 500 ms to 1 hour. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CircuitBreak { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AttemptTimeout > TotalTimeout)
        {
            yield return new ValidationResult("attemptTimeout is at most totalTimeout.", [nameof(AttemptTimeout)]);
        }
    }
}
