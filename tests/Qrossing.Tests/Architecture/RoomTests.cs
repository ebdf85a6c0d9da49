using System.Text.RegularExpressions;

namespace Qrossing.Tests.Architecture;

/// <summary>Which room of a project may name which other one. A new line is a decision made here.</summary>
[Trait("Kind", "unit")]
public sealed partial class RoomTests
{
    private static readonly Dictionary<string, string[]> Core = new()
    {
        ["Access"] = ["Audit", "Errors", "Events", "Persistence", "Secrets"],
        ["Audit"] = ["Access", "Effects", "Errors", "Events", "Persistence", "Secrets", "Webhooks"],
        ["Binding"] = ["Errors"],
        ["Chains"] = ["Access", "Audit", "Connectors", "Effects", "Errors", "Events", "Persistence", "Secrets"],
        ["Connectors"] = ["Access", "Audit", "Binding", "Effects", "Errors", "Events", "Persistence", "Secrets", "Storage"],
        ["Effects"] = ["Access", "Audit", "Errors", "Events", "Persistence"],
        ["Errors"] = [],
        ["Events"] = ["Access", "Audit", "Errors", "Persistence"],
        ["Http"] = ["Access", "Connectors", "Effects", "Errors", "Persistence"],
        ["Modules"] = ["Access", "Connectors", "Effects", "Errors", "Persistence"],
        ["Persistence"] = ["Audit", "Events"],
        ["Secrets"] = ["Connectors", "Errors", "Persistence"],
        ["Storage"] = ["Access", "Connectors", "Effects", "Errors", "Events", "Modules", "Persistence"],
        ["Webhooks"] = ["Access", "Audit", "Connectors", "Errors", "Events", "Persistence", "Secrets"],
    };

    private static readonly Dictionary<string, string[]> Gateway = new()
    {
        ["Authentication"] = [],
        ["Authorization"] = ["Problems"],
        ["Health"] = ["Rest"],
        ["Observability"] = ["Problems", "Rest"],
        ["Problems"] = ["Reference"],
        ["Proxy"] = ["Observability", "Problems", "Rest"],
        ["Reference"] = ["Problems", "Rest"],
        ["Rest"] = ["Authentication", "Authorization", "Health", "Observability", "Problems", "Reference"],
    };

    [Fact]
    public void Rooms_of_Core_name_only_those_they_stand_on() => Violations.None(Beyond("Qrossing.Core", Core));

    [Fact]
    public void Rooms_of_the_gateway_name_only_those_they_stand_on() => Violations.None(Beyond("Qrossing.Gateway", Gateway));

    /// <summary>What everything stands on knows nothing of what stands on it, not by a detour either.</summary>
    [Theory]
    [InlineData("Errors")]
    [InlineData("Binding")]
    public void Foundation_reaches_no_slice(string room) => Assert.All(Core[room], used => Assert.Equal("Errors", used));

    private static IEnumerable<string> Beyond(string project, Dictionary<string, string[]> rooms) =>
        from file in Codebase.Source
        where file.Project == project && file.Path.Count(c => c == '/') > 2
        let room = file.Path.Split('/')[2]
        from line in file.Where(line => Named(project, line).Any(other => other != room && rooms.ContainsKey(other) && !(rooms.TryGetValue(room, out var allowed) && allowed.Contains(other))))
        select line;

    private static IEnumerable<string> Named(string project, string line) =>
        from match in QualifiedName().Matches(line)
        where $"Qrossing.{match.Groups["project"].Value}" == project
        select match.Groups["room"].Value;

    [GeneratedRegex(@"(?<![\w.])(Qrossing\.)?(?<project>Core|Gateway)\.(?<room>[A-Z]\w+)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QualifiedName();
}
