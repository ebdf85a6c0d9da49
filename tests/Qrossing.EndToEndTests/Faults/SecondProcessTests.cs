using System.Globalization;
using Qrossing.EndToEndTests.Crash;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Faults;

/// <summary>Two gateways never share a database: the second one says why and leaves.</summary>
[Trait("Kind", "e2e")]
public sealed class SecondProcessTests(CounterpartHost counterparts)
{
    private const int Configuration = 2;

    [Fact]
    public async Task Second_gateway_on_a_data_directory_leaves_and_names_the_first()
    {
        await using var first = await GatewayProcess.StartAsync();
        await using var second = await GatewayProcess.StartAsync(new GatewayOptions { DataDirectory = first.DataDirectory, WaitUntilReady = false });

        Assert.True(await second.Exit == Configuration, second.AllOutput);
        Assert.Contains($"in use by process {first.Pid.ToString(CultureInfo.InvariantCulture)}", second.AllOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.AllOutput, StringComparison.Ordinal);
        await StillServesAsync(first);

        // A killed one leaves nothing that keeps the next one out.
        await first.KillAsync();
        await second.RestartAsync(options => options with { WaitUntilReady = true });
        await StillServesAsync(second);
    }

    [Fact]
    [Trait("Needs", "postgres")]
    public async Task Second_gateway_on_a_PostgreSQL_database_leaves_and_names_the_first()
    {
        await using var database = await (await counterparts.PostgreSqlAsync()).CreateDatabaseAsync();
        await Migration.RunAsync(database.ConnectionString);
        var options = new GatewayOptions
        {
            Settings = new Dictionary<string, string> { ["Data:Engine"] = "postgresql", ["Data:ConnectionString"] = database.ConnectionString },
        };
        await using var first = await GatewayProcess.StartAsync(options);
        await using var second = await GatewayProcess.StartAsync(options with { WaitUntilReady = false });

        Assert.True(await second.Exit == Configuration, second.AllOutput);
        Assert.Contains("The database is in use by", second.AllOutput, StringComparison.Ordinal);
        await StillServesAsync(first);
    }

    private static async Task StillServesAsync(GatewayProcess gateway)
    {
        using var content = new StringContent("still here");
        using var answer = await gateway.Http.PostAsync(new Uri("/v1/objects", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, gateway.AllOutput);
    }
}
