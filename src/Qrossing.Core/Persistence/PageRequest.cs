namespace Qrossing.Core.Persistence;

/// <summary>Which page.</summary>
/// <param name="Limit">1 to 200.</param>
/// <param name="After">From the page before; null for the first. A text that the store cannot read gives <see cref="FormatException"/>.</param>
public sealed record PageRequest(int Limit = 50, string? After = null);
