using System.Text.RegularExpressions;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Deploy;

public sealed partial class PrometheusRuleTests
{
    private static readonly string Folder = RepositoryRoot.Combine("deploy", "prometheus");

    public static TheoryData<string, string, string> Checks => new()
    {
        { "check", "rules", "alerts.yaml" },
        { "test", "rules", "alerts.test.yaml" },
        { "check", "config", "prometheus.yaml" },
    };

    [Theory]
    [MemberData(nameof(Checks))]
    [Trait("Kind", "contract")]
    [Trait("Needs", "promtool")]
    public async Task Prometheus_accepts_the_rules_their_tests_and_the_example(string verb, string what, string file)
    {
        var (exitCode, output) = await (await PromTool.FindAsync()).RunAsync([verb, what, Path.Combine(Folder, file)], TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    [Trait("Kind", "unit")]
    public async Task Every_metric_that_a_rule_names_is_documented()
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(Folder, "alerts.yaml"), TestContext.Current.CancellationToken);
        var table = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "metrics.md"), TestContext.Current.CancellationToken);

        var named = Metric().Matches(rules).Select(match => match.Value).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, metric => Assert.Contains($"| `{metric}` |", table, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bqrossing_[a-z_]+\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}
