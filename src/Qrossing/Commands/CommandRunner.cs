using System.CommandLine;

namespace Qrossing.Commands;

/// <summary>Runs a command line and turns what stops it into an exit code: 0 done, 1 failed, 2 usage or configuration.</summary>
internal static class CommandRunner
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    private static readonly InvocationConfiguration Invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null, // signals are ours: a verb in flight ends in its own time
    };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("Run 'qrossing --help' for the verbs.");
            return Usage;
        }

        using var stop = new StopSignal();
        try
        {
            return await parsed.InvokeAsync(Invocation, stop.Token);
        }
        catch (Exception failure)
        {
            var (exitCode, lines) = StartFailure.Of(failure) ?? (Failed, [$"This is a mistake of the gateway; please report it: {failure}"]);
            foreach (var line in lines)
            {
                await Console.Error.WriteLineAsync(line);
            }

            return exitCode;
        }
    }
}
