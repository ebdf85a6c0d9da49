namespace Qrossing.Core.Webhooks.Sending;

/// <summary>When a failed delivery is tried again: exponential with full jitter, never before <c>Retry-After</c>.</summary>
/// <param name="options">The bounds.</param>
/// <param name="jitter">Gives a fraction from 0 (included) to 1 (excluded).</param>
internal sealed class DeliveryRetryPolicy(WebhookOptions options, Func<double> jitter)
{
    /// <summary>An endpoint cannot ask for more than a day.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>How long to wait after so many failed attempts (from 1).</summary>
    public TimeSpan Delay(int attempts, TimeSpan? retryAfter)
    {
        // 2^20 times the smallest delay is beyond every longest one.
        var bound = TimeSpan.FromTicks(Math.Min(options.LongestDelay.Ticks, options.FirstDelay.Ticks << Math.Min(attempts - 1, 20)));
        var wait = bound * jitter();
        var asked = retryAfter > LongestRetryAfter ? LongestRetryAfter : retryAfter ?? TimeSpan.Zero;
        return wait > asked ? wait : asked;
    }

    /// <summary>Whether a delivery that just failed is given up.</summary>
    public bool IsOver(DateTimeOffset firstAttempt, DateTimeOffset now) => now - firstAttempt >= options.GiveUpAfter;

    /// <summary>Whether an endpoint that just failed is given up.</summary>
    public bool IsHopeless(DateTimeOffset? failingSince, DateTimeOffset now) => now - failingSince >= options.DisableAfter;
}
