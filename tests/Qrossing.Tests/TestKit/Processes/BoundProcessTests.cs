using System.Diagnostics;
using System.Globalization;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.TestKit.Processes;

[Trait("Kind", "unit")]
public sealed class BoundProcessTests
{
    /// <summary>A signal for the group ends the sleep too, so the shell's trap never waits for it.</summary>
    private const string Forever = "echo ready; sleep 600 & wait";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_that_ends_by_itself_reports_its_exit_code_and_both_outputs()
    {
        await using var process = await BashAsync("echo out; echo err >&2; exit 7");

        Assert.Equal(7, await process.Exit);
        Assert.Equal(("out", "err"), (process.Output.Standard, process.Output.Errors));
    }

    [Fact]
    public async Task Awaited_line_that_never_comes_fails_with_the_output()
    {
        await using var process = await BashAsync("echo something else; exit 3");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => process.WaitForLineAsync(line => line == "ready", Cancel));

        Assert.Contains("exit code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("something else", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_lets_the_process_finish_its_own_way()
    {
        await using var process = await BashAsync($"trap 'echo bye; exit 4' TERM; {Forever}");
        await process.WaitForLineAsync(line => line == "ready", Cancel);

        Assert.Equal(4, await process.StopAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("bye", process.Output.Standard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_is_a_real_SIGKILL()
    {
        await using var process = await BashAsync($"trap 'echo bye' EXIT TERM; {Forever}");
        await process.WaitForLineAsync(line => line == "ready", Cancel);

        Assert.Equal(128 + 9, await process.KillAsync());
        Assert.DoesNotContain("bye", process.Output.Standard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_starter_takes_its_processes_with_it()
    {
        using var folder = new TemporaryFolder("bound");
        // A starter of our own kind in the middle: it holds the pipe that keeps the innermost process alive, and is killed.
        var bound = RepositoryRoot.Combine("eng", "counterparts", "bound.sh");
        await using var starter = await BashAsync(
            $"mkfifo {folder.Path}/hold; ({bound} sleep 600 <{folder.Path}/hold) & exec 5>{folder.Path}/hold; wait");
        var pid = int.Parse((await starter.WaitForLineAsync(line => line.StartsWith("pid ", StringComparison.Ordinal), Cancel))[4..], CultureInfo.InvariantCulture);
        using var innermost = Process.GetProcessById(pid);

        await starter.SignalAsync("KILL");

        await innermost.WaitForExitAsync(Cancel);
        await starter.Exit;
    }

    private static Task<BoundProcess> BashAsync(string script) => BoundProcess.StartAsync(new BoundCommand("bash", "-c", script), Cancel);
}
