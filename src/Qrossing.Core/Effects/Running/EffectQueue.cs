using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects.Running;

/// <summary>
/// Effects that are due now, one lane per connection: a peer that hangs fills its own lane and costs the others nothing. A hint: what does not fit
/// is found in the database a moment later.
/// </summary>
internal sealed class EffectQueue
{
    /// <summary>Effects of one connection that are stepped at the same time in the background.</summary>
    public const int LaneWidth = 32;

    /// <summary>Effects that are stepped at the same time in the background.</summary>
    public const int TotalWidth = 512;

    /// <summary>A lane with this many waiting is left out when the database is asked for more.</summary>
    private const int Saturation = 256;

    private const int LaneLength = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<(TenantId Tenant, string Connection), Lane> _lanes = [];
    private Func<EffectHandle, Task>? _step;
    private int _running;

    /// <summary>Starts to step what was offered and will be.</summary>
    public void Open(Func<EffectHandle, Task> step)
    {
        lock (_gate)
        {
            _step = step;
            foreach (var lane in _lanes.Values)
            {
                Staff(lane);
            }
        }
    }

    /// <summary>Begins no further steps. What is still queued is due in the database.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _step = null;
        }
    }

    /// <summary>Offers one effect; one that waits already is not queued twice.</summary>
    public void Offer(EffectHandle effect)
    {
        lock (_gate)
        {
            var key = (effect.Tenant, effect.Connection);
            if (!_lanes.TryGetValue(key, out var lane))
            {
                _lanes[key] = lane = new Lane(key);
            }

            if (lane.Waiting.Count < LaneLength && lane.Known.Add(effect.Id))
            {
                lane.Waiting.Enqueue(effect);
            }

            Staff(lane);
        }
    }

    /// <summary>Offers several.</summary>
    public void Offer(IEnumerable<Effect> effects)
    {
        foreach (var effect in effects)
        {
            Offer(EffectHandle.Of(effect));
        }
    }

    /// <summary>Connections that have enough to do, the fullest first.</summary>
    public IReadOnlyList<string> Saturated(int limit)
    {
        lock (_gate)
        {
            return [.. _lanes.Values.Where(static lane => lane.Waiting.Count >= Saturation).OrderByDescending(static lane => lane.Waiting.Count).Take(limit).Select(static lane => lane.Key.Connection)];
        }
    }

    // Under the gate.
    private void Staff(Lane lane)
    {
        while (_step is { } step && lane.Waiting.Count > 0 && lane.Running < LaneWidth && _running < TotalWidth)
        {
            lane.Running++;
            _running++;
            var first = lane.Waiting.Dequeue();
            _ = Task.Run(() => DrainAsync(lane, first, step));
        }
    }

    private async Task DrainAsync(Lane lane, EffectHandle first, Func<EffectHandle, Task> step)
    {
        EffectHandle? next = first;
        while (next is { } effect)
        {
            try
            {
                await step(effect); // never throws: the worker's step ends in a log line
            }
            finally
            {
                next = Next(lane, effect);
            }
        }
    }

    private EffectHandle? Next(Lane lane, EffectHandle done)
    {
        lock (_gate)
        {
            lane.Known.Remove(done.Id);
            if (_step is not null && lane.Waiting.TryDequeue(out var next))
            {
                return next;
            }

            lane.Running--;
            _running--;
            if (lane is { Running: 0, Waiting.Count: 0 })
            {
                _lanes.Remove(lane.Key);
            }

            if (_running == TotalWidth - 1)
            {
                foreach (var other in _lanes.Values)
                {
                    Staff(other); // a lane may have found no hand free
                }
            }

            return null;
        }
    }

    private sealed class Lane((TenantId Tenant, string Connection) key)
    {
        public (TenantId Tenant, string Connection) Key => key;

        /// <summary>Not begun, in order.</summary>
        public Queue<EffectHandle> Waiting { get; } = new();

        /// <summary>Waiting or running.</summary>
        public HashSet<EffectId> Known { get; } = [];

        public int Running { get; set; }
    }
}
