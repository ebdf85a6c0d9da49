using Qrossing.TestKit.Processes;

namespace Qrossing.TestKit.Counterparts;

/// <summary>Prometheus' own checker of rules, configurations and metrics.</summary>
public sealed class PromTool
{
    private PromTool()
    {
    }

    /// <summary>The installed tool.</summary>
    /// <exception cref="CounterpartMissingException">It is not installed, and this is not CI.</exception>
    public static async Task<PromTool> FindAsync()
    {
        await Installation.EnsureAsync(Installation.PromTool);
        return new PromTool();
    }

    /// <summary>Runs it, for example <c>check rules FILE</c>. Returns its exit code and all that it wrote.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await using var tool = await BoundProcess.StartAsync(new BoundCommand("promtool", arguments), cancellationToken);
        var exitCode = await tool.Exit.WaitAsync(cancellationToken);
        return (exitCode, tool.Output.All);
    }
}
