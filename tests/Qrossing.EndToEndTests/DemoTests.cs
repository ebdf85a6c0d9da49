using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests;

/// <summary>What a newcomer does first, on the real executable and an empty directory.</summary>
[Trait("Kind", "e2e")]
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_runs_the_main_job_through_a_kill_and_ends_well()
    {
        await using var demo = await GatewayProcess.StartAsync(new GatewayOptions { Arguments = ["demo"], WaitUntilReady = false });

        Assert.True(await demo.Exit == 0, demo.AllOutput);
        Assert.Contains("Nothing was lost, nothing was doubled.", demo.AllOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_start_on_an_empty_directory_is_ready_and_stops_cleanly()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        using var answer = await gateway.Http.GetAsync(new Uri("/v1/effects", UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, gateway.AllOutput);
        Assert.Equal(0, await gateway.StopAsync());
    }
}
