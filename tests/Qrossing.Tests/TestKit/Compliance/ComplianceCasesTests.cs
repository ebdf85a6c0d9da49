using Qrossing.TestKit.Compliance;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.TestKit.Compliance;

/// <summary>A suite that cannot fail proves nothing: a connector that breaks the rules is caught by each of them.</summary>
[Trait("Kind", "unit")]
public sealed class ComplianceCasesTests
{
    private static readonly IReadOnlyList<ComplianceCase> Cases = ComplianceCases.Discover(
        typeof(ComplianceCasesTests).Assembly, typeof(ComplianceCasesTests).Assembly, RepositoryRoot.Combine("tests", "Qrossing.Tests", "TestKit", "Compliance"));

    [Theory]
    [InlineData("Kind_is_category_dot_name_and_the_folder_follows_it", "does not name its folder Broken/Peer")]
    [InlineData("Has_one_constructor_that_takes_the_options", "one constructor")]
    [InlineData("Options_are_a_sealed_record_that_nobody_changes", "no sealed record")]
    [InlineData("Has_a_capability_and_every_write_has_its_lookup_twin", "no capability")]
    [InlineData("Keeps_no_state_between_calls", "BrokenConnector.Seen")]
    [InlineData("Starts_nothing_of_its_own", "Task.Run")]
    [InlineData("Starts_nothing_of_its_own", "HttpClient..ctor")]
    [InlineData("Leaves_nothing_unimplemented", "NotImplementedException")]
    [InlineData("Asks_for_no_private_key", "PrivateKey")]
    [InlineData("Readme_has_every_section", "There is no")]
    [InlineData("Has_a_fixture", "Fixture not written")]
    public async Task Broken_rule_is_named(string rule, string message)
    {
        var broken = await Assert.ThrowsAsync<ComplianceException>(() => Cases.Single(one => one.Kind == "broken.other_peer" && one.Rule == rule).RunAsync(CancellationToken.None));
        Assert.Contains(message, broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_for_all_connectors_is_shown_to_fail() => Assert.Equal(
        typeof(ComplianceCasesTests).GetMethod(nameof(Broken_rule_is_named))!.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!)
            .Distinct()
            .Order(StringComparer.Ordinal),
        Cases.Where(one => one.Kind == "broken.other_peer").Select(one => one.Rule).Order(StringComparer.Ordinal));
}
