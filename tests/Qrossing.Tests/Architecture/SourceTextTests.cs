using System.Text.RegularExpressions;

namespace Qrossing.Tests.Architecture;

[Trait("Kind", "unit")]
public sealed partial class SourceTextTests
{
    [Fact]
    public void Nothing_is_left_undone() =>
        Violations.None(Codebase.Source.SelectMany(file => file.Where(line => Undone().IsMatch(line))));

    [Fact]
    public void Warning_is_switched_off_only_with_a_reason_beside_it() =>
        Violations.None(Codebase.Source.Concat(Codebase.Tests)
            .Where(file => !file.Path.StartsWith("tests/Qrossing.Tests/Architecture/", StringComparison.Ordinal))
            .SelectMany(file => file.Where(line => (PragmaDisable().IsMatch(line) && !PragmaWithReason().IsMatch(line))
                || (line.Contains("[SuppressMessage(", StringComparison.Ordinal) && !JustificationText().IsMatch(line)))));

    [Fact]
    public void Log_event_ids_are_given_once()
    {
        var ids = Codebase.Source
            .SelectMany(file => LogEvent().Matches(string.Join('\n', file.Lines)).Select(match => (match.Groups["id"].Value, file.Path, file.Project)))
            .ToList();

        Violations.None(ids.Where(id => id.Value.Length == 0).Select(id => $"{id.Path}: LoggerMessage without an event id"));
        Violations.None(ids.GroupBy(id => (id.Value, IsSimulator: id.Project == "Qrossing.Simulators"))
            .Where(uses => uses.Count() > 1)
            .Select(uses => $"event id {uses.Key.Value}: {string.Join(", ", uses.Select(use => use.Path))}"));
    }

    [Fact]
    public void Crash_points_have_names_of_their_own_and_each_is_passed_somewhere()
    {
        var points = (
            from file in Codebase.Source
            where file.Name.EndsWith("CrashPoints", StringComparison.Ordinal)
            from line in file.Lines
            let match = TextConstant().Match(line)
            where match.Success
            select (Constant: $"{file.Name}.{match.Groups["name"].Value}", Point: match.Groups["text"].Value)).ToList();
        var code = Codebase.Source.SelectMany(file => file.Lines).Where(line => line.Contains("CrashPoint.Hit(", StringComparison.Ordinal)).ToList();

        Violations.None(points.GroupBy(point => point.Point).Where(same => same.Count() > 1).Select(same => same.Key));
        Violations.None(points.Where(point => !code.Exists(line => line.Contains(point.Constant, StringComparison.Ordinal))).Select(point => point.Constant));
        Assert.DoesNotContain(code, line => line.Contains("Hit(\"", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Undone();

    [GeneratedRegex(@"^\s*#pragma warning disable", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PragmaDisable();

    [GeneratedRegex(@"#pragma warning disable [A-Z0-9, ]+ // \S+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PragmaWithReason();

    [GeneratedRegex("Justification = \"[^\"]{10,}\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JustificationText();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(EventId\s*=\s*)?(?<id>\d*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LogEvent();

    [GeneratedRegex("const string (?<name>\\w+) = \"(?<text>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TextConstant();
}
