using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.TestKit;

[Trait("Kind", "e2e")]
public sealed class GatewayProcessTests
{
    private static readonly GatewayOptions PrintsAndEnds = new() { Arguments = ["--version"] };

    [Fact]
    public async Task Executable_that_only_prints_ends_with_code_0()
    {
        await using var gateway = await GatewayProcess.StartAsync(PrintsAndEnds with { WaitUntilReady = false }, TestContext.Current.CancellationToken);

        Assert.Equal(0, await gateway.Exit);
    }

    [Fact]
    public async Task Start_that_ends_before_it_is_ready_fails_with_its_exit_code()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => GatewayProcess.StartAsync(PrintsAndEnds, TestContext.Current.CancellationToken));

        Assert.Contains("exit code 0 before it was ready", failure.Message, StringComparison.Ordinal);
    }
}
