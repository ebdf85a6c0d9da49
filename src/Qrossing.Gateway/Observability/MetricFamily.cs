namespace Qrossing.Gateway.Observability;

/// <summary>All series of one metric name.</summary>
/// <param name="Name">The exposed name, without <c>_bucket</c> and the like.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Unit">Base unit in the name; null without one.</param>
/// <param name="Samples">Its series.</param>
internal sealed record MetricFamily(string Name, string Help, MetricKind Kind, string? Unit, IReadOnlyList<MetricSample> Samples);
