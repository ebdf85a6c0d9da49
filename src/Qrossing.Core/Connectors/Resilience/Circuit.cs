using Polly.CircuitBreaker;

namespace Qrossing.Core.Connectors.Resilience;

/// <summary>The visible side of one operation's circuit.</summary>
internal sealed class Circuit(string operation, TimeProvider clock)
{
    private long _changedAt = clock.GetUtcNow().UtcTicks;

    /// <summary>Polly's own view.</summary>
    public CircuitBreakerStateProvider Provider { get; } = new();

    /// <summary>Whether calls are refused now, or only one is tried.</summary>
    public bool IsOpen => Provider.CircuitState != CircuitState.Closed;

    /// <summary>It opened or closed just now.</summary>
    public void Changed() => Interlocked.Exchange(ref _changedAt, clock.GetUtcNow().UtcTicks);

    /// <summary>As shown to operators.</summary>
    public CircuitView View() => new(
        operation,
        Provider.CircuitState switch
        {
            CircuitState.Closed => "closed",
            CircuitState.HalfOpen => "half_open",
            _ => "open",
        },
        new DateTimeOffset(Interlocked.Read(ref _changedAt), TimeSpan.Zero));
}
