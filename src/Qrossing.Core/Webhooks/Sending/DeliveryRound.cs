using System.Collections.Concurrent;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>What the endpoint showed in one round over many tracks at once. Safe for concurrent use.</summary>
/// <param name="failingSince">First failure of the unbroken row of failures before this round.</param>
/// <param name="limit">After so many failures in a row without success between them, the rest of the round is left for later.</param>
internal sealed class DeliveryRound(DateTimeOffset? failingSince, int limit)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentBag<Delivery> _dead = [];
    private int _row;

    /// <summary>First failure of the unbroken row of failures; null while the endpoint answers.</summary>
    public DateTimeOffset? FailingSince { get; private set; } = failingSince;

    /// <summary>Deliveries that the endpoint took.</summary>
    public int Delivered { get; private set; }

    /// <summary>Attempts that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>The endpoint answered 410.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Deliveries that were given up.</summary>
    public IReadOnlyCollection<Delivery> Dead => _dead;

    /// <summary>Whether to send no more in this round.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return IsGone || _row >= limit;
            }
        }
    }

    public void Succeed()
    {
        lock (_gate)
        {
            Delivered++;
            _row = 0;
            FailingSince = null;
        }
    }

    public void Fail(DateTimeOffset at)
    {
        lock (_gate)
        {
            Failed++;
            _row++;
            FailingSince ??= at;
        }
    }

    public void Gone()
    {
        lock (_gate)
        {
            IsGone = true;
        }
    }

    public void GiveUp(Delivery delivery) => _dead.Add(delivery);
}
