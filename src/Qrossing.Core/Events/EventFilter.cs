namespace Qrossing.Core.Events;

/// <summary>Narrows a read of the log.</summary>
/// <param name="Types">Type patterns: exact, <c>x.*</c> (any type that starts with <c>x.</c>) or <c>*</c>; empty means all.</param>
/// <param name="Subject">Exact subject; null means all.</param>
public sealed record EventFilter(IReadOnlyList<string> Types, string? Subject = null)
{
    /// <summary>Everything.</summary>
    public static readonly EventFilter All = new([]);

    /// <summary>Whether an event of this type and subject passes.</summary>
    public bool Matches(string type, string? subject) =>
        (Subject is null || Subject == subject) && (Types.Count == 0 || Types.Any(pattern => TypeMatches(pattern, type)));

    /// <summary>Whether a pattern is exact, <c>x.*</c> or <c>*</c>.</summary>
    public static bool IsPattern(string pattern) =>
        pattern is "*" || (pattern.Length is > 0 and <= 255 && pattern.IndexOf('*', StringComparison.Ordinal) is var star
            && (star < 0 || (star == pattern.Length - 1 && pattern.EndsWith(".*", StringComparison.Ordinal) && pattern.Length > 2)));

    private static bool TypeMatches(string pattern, string type) =>
        pattern is "*" || (pattern.EndsWith(".*", StringComparison.Ordinal)
            ? type.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
            : pattern == type);
}
