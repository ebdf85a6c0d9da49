namespace Qrossing.Gateway.Observability;

/// <summary>Prometheus metric types that we use.</summary>
internal enum MetricKind
{
    /// <summary>Only rises; its name ends in <c>_total</c>.</summary>
    Counter,

    /// <summary>Rises and falls.</summary>
    Gauge,

    /// <summary>Cumulative buckets.</summary>
    Histogram,
}
