namespace Qrossing.Gateway.Observability;

/// <summary>One label set of an instrument and what was measured under it.</summary>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] tags, double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _value;

    /// <summary>The next series with the same hash.</summary>
    public MetricSeries? Next { get; init; }

    /// <summary>Whether an observable instrument reported it in the last round.</summary>
    public bool Seen { get; set; } = true;

    /// <summary>Whether these are its labels; measurements of one place in code name them in the same order.</summary>
    public bool Matches(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (tags.Length != others.Length)
        {
            return false;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != others[i].Key || !Equals(tags[i].Value, others[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds to a counter or an up-down counter.</summary>
    public void Add(double value)
    {
        lock (_gate)
        {
            _value += value;
        }
    }

    /// <summary>Sets a gauge, or an observable counter.</summary>
    public void Set(double value)
    {
        lock (_gate)
        {
            _value = value;
            Seen = true;
        }
    }

    /// <summary>Counts into a histogram.</summary>
    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
        {
            bucket++;
        }

        lock (_gate)
        {
            _counts[bucket]++;
            _value += value;
        }
    }

    /// <summary>As it stands.</summary>
    public MetricSample Read(bool isHistogram)
    {
        var labels = tags.Select(static tag => KeyValuePair.Create(tag.Key, Convert.ToString(tag.Value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty)).ToList();
        lock (_gate)
        {
            if (!isHistogram)
            {
                return new MetricSample(labels, _value, []);
            }

            var buckets = new List<KeyValuePair<double, long>>(_counts.Length);
            var total = 0L;
            for (var i = 0; i < _counts.Length; i++)
            {
                total += _counts[i];
                buckets.Add(KeyValuePair.Create(i < bounds.Length ? bounds[i] : double.PositiveInfinity, total));
            }

            return new MetricSample(labels, _value, buckets);
        }
    }
}
