using System.Text.RegularExpressions;

namespace Qrossing.Tests.Architecture;

/// <summary><c>internal</c> is the default: a type is public where another project needs it, or where such a type shows it.</summary>
[Trait("Kind", "unit")]
public sealed partial class VisibilityTests
{
    [Theory]
    [InlineData("Qrossing.Connectors")]
    [InlineData("Qrossing.Gateway")]
    public void Public_type_is_named_by_another_project_or_shown_by_one_that_is(string project)
    {
        var open = (
            from file in Codebase.Source
            where file.Project == project
            from line in file.Lines
            let match = PublicType().Match(line)
            where match.Success
            select (Name: match.Groups["name"].Value, File: file)).ToList();
        var others = Words(Codebase.Source.Where(file => file.Project != project));
        var needed = open.Where(type => others.Contains(type.Name)).ToList();
        for (var before = 0; before < needed.Count;)
        {
            before = needed.Count;
            var shown = Words(needed.Select(type => type.File));
            needed = [.. open.Where(type => others.Contains(type.Name) || shown.Contains(type.Name))];
        }

        Assert.NotEmpty(open);
        Violations.None(open.Except(needed).Where(type => !ExtendsOthers(type.File)).Select(type => $"{type.File.Path}: {type.Name} is public, and nobody outside needs it"));
    }

    /// <summary>Extension methods are called by their own name, not by their class's.</summary>
    private static bool ExtendsOthers(SourceFile file) => file.Lines.Any(line => line.Contains("(this ", StringComparison.Ordinal));

    private static HashSet<string> Words(IEnumerable<SourceFile> files) =>
        [.. files.SelectMany(file => file.Lines).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).SelectMany(line => Word().Matches(line).Select(match => match.Value))];

    [GeneratedRegex(@"^public (sealed |static |abstract |partial |readonly )*(class|record struct|record|struct|interface|enum) (?<name>[A-Z]\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b[A-Z]\w+\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
