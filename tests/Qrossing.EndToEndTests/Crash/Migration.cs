using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Crash;

/// <summary>Runs <c>qrossing migrate</c>, which PostgreSQL needs before the first start.</summary>
internal static class Migration
{
    public static async Task RunAsync(string connectionString)
    {
        await using var migrate = await GatewayProcess.StartAsync(new GatewayOptions
        {
            Arguments = ["migrate"],
            WaitUntilReady = false,
            Settings = new Dictionary<string, string> { ["Data:Engine"] = "postgresql", ["Data:ConnectionString"] = connectionString },
        });
        Assert.True(await migrate.Exit == 0, migrate.AllOutput);
    }
}
