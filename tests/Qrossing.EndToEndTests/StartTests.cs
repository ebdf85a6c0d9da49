using System.Runtime.Versioning;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests;

/// <summary>Starts that must not happen end with a sentence and an exit code, not with a stack trace.</summary>
[Trait("Kind", "e2e")]
[UnsupportedOSPlatform("windows")]
public sealed class StartTests
{
    [Fact]
    public async Task Root_key_that_others_can_reach_stops_the_start_with_a_sentence()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        await gateway.StopAsync();
        File.SetUnixFileMode(Path.Combine(gateway.DataDirectory, "keys"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        await gateway.RestartAsync(options => options with { WaitUntilReady = false }, TestContext.Current.CancellationToken);

        Assert.Equal(2, await gateway.Exit);
        Assert.Contains("Others can reach", gateway.Output.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", gateway.Output.Errors, StringComparison.Ordinal);
    }
}
