using System.Globalization;
using System.Text.RegularExpressions;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Deploy;

[Trait("Kind", "contract")]
[Trait("Needs", "systemd")]
public sealed partial class SystemdUnitTests
{
    private const double LeastSafe = 2.0;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Systemd_accepts_the_unit_and_finds_it_hardened()
    {
        await Installation.EnsureAsync(Installation.Systemd);
        using var folder = new TemporaryFolder("unit");
        var unit = Path.Combine(folder.Path, "qrossing.service");

        // The program is not installed where the tests run; any that exists does for reading the rest.
        var text = await File.ReadAllTextAsync(RepositoryRoot.Combine("deploy", "systemd", "qrossing.service"), Cancel);
        await File.WriteAllTextAsync(unit, text.Replace("ExecStart=/usr/lib/qrossing/qrossing serve", "ExecStart=/bin/true", StringComparison.Ordinal), Cancel);

        var verified = await RunAsync("verify", unit);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Output.Trim()));

        var judged = await RunAsync("security", "--offline=true", unit);
        var exposure = double.Parse(Exposure().Match(judged.Output).Groups["level"].Value, CultureInfo.InvariantCulture);
        Assert.True(exposure <= LeastSafe, judged.Output);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var tool = await BoundProcess.StartAsync(new BoundCommand("systemd-analyze", arguments), Cancel);
        return (await tool.Exit.WaitAsync(Cancel), tool.Output.All);
    }

    [GeneratedRegex(@"Overall exposure level for \S+: (?<level>[0-9.]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exposure();
}
