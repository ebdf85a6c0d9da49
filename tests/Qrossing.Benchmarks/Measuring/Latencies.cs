namespace Qrossing.Benchmarks.Measuring;

/// <summary>Durations of one run, kept whole: percentiles are exact.</summary>
internal sealed class Latencies(List<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public int Count => _sorted.Length;

    /// <summary>In milliseconds.</summary>
    public double Percentile(double percent) =>
        _sorted.Length == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
