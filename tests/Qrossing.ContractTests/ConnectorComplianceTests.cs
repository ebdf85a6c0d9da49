using Qrossing.Connectors.Cloud.Local;
using Qrossing.TestKit.Compliance;
using Qrossing.TestKit.Processes;

namespace Qrossing.ContractTests;

/// <summary>Every connector of the product against every rule of the contract, found by discovery: a new connector is under test before anybody writes a line here.</summary>
[Trait("Kind", "contract")]
public sealed class ConnectorComplianceTests
{
    private static readonly Lazy<IReadOnlyList<ComplianceCase>> Cases = new(() => ComplianceCases.Discover(
        typeof(LocalConnector).Assembly, typeof(ConnectorComplianceTests).Assembly, RepositoryRoot.Combine("src", "Qrossing.Connectors")));

    public static TheoryData<string, string, string> Rules
    {
        get
        {
            var rules = new TheoryData<string, string, string>();
            foreach (var rule in Cases.Value)
            {
                rules.Add(rule.Kind, rule.Suite, rule.Rule);
            }

            return rules;
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Connector_keeps_the_rule(string kind, string suite, string rule) =>
        await Cases.Value.Single(one => one.Kind == kind && one.Suite == suite && one.Rule == rule).RunAsync(TestContext.Current.CancellationToken);
}
