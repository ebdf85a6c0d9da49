namespace Qrossing.Tests.Architecture;

[Trait("Kind", "unit")]
public sealed class TestTraitTests
{
    private static readonly string[] Kinds = ["unit", "contract", "e2e", "load", "security", "fuzz"];
    private static readonly string[] Peers = ["CounterpartHost", "PostgreSqlCounterpart", "AnvilCounterpart", "NodeTool"];

    [Fact]
    public void Every_test_file_states_a_kind_we_have() =>
        Violations.None(Codebase.Tests
            .Where(file => file.Lines.Any(line => line.TrimStart().StartsWith("[Fact", StringComparison.Ordinal) || line.TrimStart().StartsWith("[Theory", StringComparison.Ordinal)))
            .Where(file => !Kinds.Any(kind => file.Lines.Any(line => line.Contains($"Trait(\"Kind\", \"{kind}\")", StringComparison.Ordinal))))
            .Select(file => file.Path));

    /// <summary>./test --quick leaves a test out by its trait, not by knowing it.</summary>
    [Fact]
    public void Test_class_that_takes_the_real_peers_says_what_it_needs() =>
        Violations.None(Codebase.Tests
            .Where(file => !file.Path.StartsWith("tests/Qrossing.TestKit/", StringComparison.Ordinal))
            .Where(file => file.Lines.Any(line => line.Contains(" class ", StringComparison.Ordinal) && Peers.Any(peer => line.Contains(peer + " ", StringComparison.Ordinal))))
            .Where(file => !file.Lines.Any(line => line.Contains("Trait(\"Needs\"", StringComparison.Ordinal)))
            .Select(file => file.Path));
}
