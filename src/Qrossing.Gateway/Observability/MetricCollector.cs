using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Qrossing.Gateway.Observability;

/// <summary>Listens to every meter whose name begins with <c>Qrossing</c>, from the start of the process on.</summary>
internal sealed class MetricCollector : IDisposable
{
    private const string Prefix = "Qrossing";

    private readonly ConcurrentQueue<MetricAggregation> _all = new();
    private readonly Lock _round = new();
    private readonly MeterListener _listener = new();

    public MetricCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                var aggregation = new MetricAggregation(instrument);
                _all.Enqueue(aggregation);
                listener.EnableMeasurementEvents(instrument, aggregation);
            }
        };
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((MetricAggregation)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((MetricAggregation)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((MetricAggregation)state!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Everything measured so far, in Prometheus text. Instruments of one name, from several meters, are one family.</summary>
    public string Read()
    {
        lock (_round)
        {
            foreach (var aggregation in _all)
            {
                aggregation.BeginRound();
            }

            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_all
                .GroupBy(static aggregation => aggregation.Name, StringComparer.Ordinal)
                .OrderBy(static family => family.Key, StringComparer.Ordinal)
                .Select(static family => new MetricFamily(family.Key, family.First().Help, family.First().Kind, family.First().Unit, [.. family.SelectMany(static part => part.Read())]))
                .Where(static family => family.Samples.Count > 0));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
