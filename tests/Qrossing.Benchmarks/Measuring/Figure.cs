namespace Qrossing.Benchmarks.Measuring;

/// <summary>One measured figure.</summary>
/// <param name="Profile">The profile it comes from.</param>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Goal">What it should be; empty for a figure that explains others.</param>
/// <param name="IsMet">Whether it is; null without a goal.</param>
internal sealed record Figure(string Profile, string What, string Value, string Goal = "", bool? IsMet = null);
