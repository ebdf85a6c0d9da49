namespace Qrossing.Core.Connectors.Resilience;

/// <summary>A rate with a burst, on the monotonic clock.</summary>
internal sealed class TokenBucket(double perSecond, int burst, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _tokens = burst;
    private long _filledAt = clock.GetTimestamp();

    /// <summary>Takes a place in the rate: the wait until it comes; null when that is longer than <paramref name="longest"/>, and then nothing is taken.</summary>
    public TimeSpan? Take(TimeSpan longest)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _tokens = Math.Min(burst, _tokens + (clock.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond));
            _filledAt = now;
            var wait = TimeSpan.FromSeconds(Math.Max(0, 1 - _tokens) / perSecond);
            if (wait > longest)
            {
                return null;
            }

            _tokens--; // below zero: places in the future that are promised
            return wait;
        }
    }
}
