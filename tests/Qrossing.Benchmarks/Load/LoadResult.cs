using Qrossing.Benchmarks.Measuring;

namespace Qrossing.Benchmarks.Load;

/// <summary>What a load met.</summary>
/// <param name="Answers">Answers with the expected status.</param>
/// <param name="Others">Any other answers; one makes a run worthless.</param>
/// <param name="Duration">Wall time.</param>
/// <param name="Times">From sending to the whole answer.</param>
internal sealed record LoadResult(long Answers, long Others, TimeSpan Duration, Latencies Times)
{
    public double PerSecond => Answers / Duration.TotalSeconds;
}
