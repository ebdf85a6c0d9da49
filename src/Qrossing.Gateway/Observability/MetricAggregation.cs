using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Qrossing.Gateway.Observability;

/// <summary>What was measured with one instrument. Recording allocates only for a label set that is new.</summary>
internal sealed class MetricAggregation
{
    /// <summary>Label sets told apart; beyond it everything counts as one, so that a mistake in a label cannot fill the memory.</summary>
    private const int MaxSeries = 2_000;

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
    private static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", "true")];

    private readonly ConcurrentDictionary<int, MetricSeries> _series = new();
    private readonly Lock _growth = new();
    private readonly double[] _bounds;
    private readonly bool _isSet;
    private int _count;

    public MetricAggregation(Instrument instrument)
    {
        Kind = PrometheusText.KindOf(instrument);
        (Name, Unit) = PrometheusText.NameOf(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description is { Length: > 0 } description ? description : instrument.Name;
        _isSet = instrument.IsObservable || instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal);
        _bounds = Kind != MetricKind.Histogram ? [] : [.. (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? Seconds];
    }

    /// <summary>The metric's name.</summary>
    public string Name { get; }

    /// <summary>Its base unit.</summary>
    public string? Unit { get; }

    /// <summary>Its meaning.</summary>
    public string Help { get; }

    /// <summary>Its type.</summary>
    public MetricKind Kind { get; }

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        if (Kind == MetricKind.Histogram)
        {
            series.Observe(value);
        }
        else if (_isSet)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    /// <summary>Before observable instruments are asked: what they do not report any more will be left out.</summary>
    public void BeginRound()
    {
        foreach (var series in All())
        {
            series.Seen = !_isSet;
        }
    }

    /// <summary>Every series as it stands.</summary>
    public IEnumerable<MetricSample> Read() => All().Where(static series => series.Seen).Select(series => series.Read(Kind == MetricKind.Histogram));

    private IEnumerable<MetricSeries> All()
    {
        foreach (var first in _series.Values)
        {
            for (var series = first; series is not null; series = series.Next)
            {
                yield return series;
            }
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = HashOf(tags);
        return Find(hash, tags) ?? Grow(hash, tags);
    }

    private MetricSeries? Find(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        for (var series = _series.GetValueOrDefault(hash); series is not null; series = series.Next)
        {
            if (series.Matches(tags))
            {
                return series;
            }
        }

        return null;
    }

    private MetricSeries Grow(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_growth)
        {
            if (Find(hash, tags) is { } present)
            {
                return present;
            }

            if (_count >= MaxSeries)
            {
                hash = HashOf(Overflow);
                tags = Overflow;
                if (Find(hash, tags) is { } overflow)
                {
                    return overflow;
                }
            }

            _count++;
            return _series[hash] = new MetricSeries(tags.ToArray(), _bounds) { Next = _series.GetValueOrDefault(hash) };
        }
    }

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = default(HashCode);
        foreach (var (key, value) in tags)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
