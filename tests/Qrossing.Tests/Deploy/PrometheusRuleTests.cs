using System.Text.RegularExpressions;
using Qrossing.Gateway.Observability;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;
using Qrossing.Tests.Architecture;

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

        named.Remove("qrossing_delivery_status"); // a label
        Assert.NotEmpty(named);
        Assert.All(named, metric => Assert.Contains($"| `{metric}` |", table, StringComparison.Ordinal));
    }

    /// <summary>A rule over a name that no instrument has is never true and never noticed.</summary>
    [Fact]
    [Trait("Kind", "unit")]
    public async Task Every_metric_that_a_rule_names_is_made_by_an_instrument()
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(Folder, "alerts.yaml"), TestContext.Current.CancellationToken);
        var source = string.Join('\n', Codebase.Source.SelectMany(file => file.Lines));
        var made = Instrument().Matches(source)
            .Select(match => PrometheusText.NameOf(match.Groups["name"].Value, match.Groups["unit"] is { Success: true, Value: var unit } ? unit : null, KindOf(match.Groups["kind"].Value)).Name)
            .ToHashSet();

        Assert.Contains("http_server_request_duration_seconds", made);
        Violations.None(Metric().Matches(rules.Replace("qrossing_delivery_status", "", StringComparison.Ordinal)).Select(match => match.Value).Distinct().Except(made));
    }

    private static MetricKind KindOf(string method) =>
        method.Contains("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram
        : method.Contains("Counter", StringComparison.Ordinal) && !method.Contains("UpDown", StringComparison.Ordinal) ? MetricKind.Counter
        : MetricKind.Gauge;

    [GeneratedRegex("""(?<kind>Create(Observable)?(Counter|UpDownCounter|Gauge|Histogram)|\bGauge)(<\w+>)?\(\s*"(?<name>[a-z._]+)"(,\s*(unit:\s*|[^"()\n]+,\s*)?"(?<unit>[^"\n]*)")?""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"\bqrossing_[a-z_]+\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}
