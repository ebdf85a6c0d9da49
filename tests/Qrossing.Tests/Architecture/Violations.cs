namespace Qrossing.Tests.Architecture;

/// <summary>How a rule fails: with every place that breaks it, one a line, none cut short.</summary>
internal static class Violations
{
    public static void None(IEnumerable<string> violations)
    {
        var all = violations.Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} places break this rule:\n{string.Join('\n', all)}");
    }
}
