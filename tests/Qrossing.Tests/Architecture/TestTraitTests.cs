namespace Qrossing.Tests.Architecture;

[Trait("Kind", "unit")]
public sealed class TestTraitTests
{
    private static readonly string[] Kinds = ["unit", "contract", "e2e", "load", "security", "fuzz"];
    private static readonly string[] Peers = ["CounterpartHost", "PostgreSqlCounterpart", "AnvilCounterpart", "NodeTool"];

    private static readonly IReadOnlyList<SourceFile> TestFiles = [.. Codebase.Tests.Where(file => AnyLine(file, "[Fact") || AnyLine(file, "[Theory"))];

    /// <summary>In the file itself, or on the base class that its tests share.</summary>
    [Fact]
    public void Every_test_file_states_a_kind_we_have()
    {
        var bases = Codebase.Tests.Where(file => HasKind(file) && AnyLine(file, "public abstract class ")).Select(file => file.Name).ToList();

        Violations.None(TestFiles
            .Where(file => !HasKind(file) && !bases.Exists(name => Derives(file, name)))
            .Select(file => file.Path));
    }

    /// <summary>./test --quick leaves a test out by its trait, not by knowing it.</summary>
    [Fact]
    public void Test_class_that_takes_the_real_peers_says_what_it_needs() =>
        Violations.None(TestFiles
            .Where(file => file.Lines.Any(line => line.Contains(" class ", StringComparison.Ordinal) && Peers.Any(peer => line.Contains(peer + " ", StringComparison.Ordinal))))
            .Where(file => !AnyLine(file, "[Trait(\"Needs\""))
            .Select(file => file.Path));

    private static bool HasKind(SourceFile file) => Kinds.Any(kind => AnyLine(file, $"[Trait(\"Kind\", \"{kind}\")"));

    private static bool Derives(SourceFile file, string baseType) =>
        file.Lines.Any(line => line.Contains(" class ", StringComparison.Ordinal) && line.Contains($": {baseType}", StringComparison.Ordinal));

    private static bool AnyLine(SourceFile file, string start) => file.Lines.Any(line => line.TrimStart().StartsWith(start, StringComparison.Ordinal));
}
