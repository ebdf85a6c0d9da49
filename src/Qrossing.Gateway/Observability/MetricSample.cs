namespace Qrossing.Gateway.Observability;

/// <summary>One series as it stands.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">The value; for a histogram the sum.</param>
/// <param name="Buckets">For a histogram: upper bound and cumulative count, the last bound infinite; empty otherwise.</param>
internal sealed record MetricSample(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, IReadOnlyList<KeyValuePair<double, long>> Buckets);
