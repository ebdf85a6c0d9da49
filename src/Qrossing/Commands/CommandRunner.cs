using System.CommandLine;
using Qrossing.Composition;
using Qrossing.Core.Persistence;
using Qrossing.Core.Storage;

namespace Qrossing.Commands;

/// <summary>Runs a command line and turns what stops it into an exit code: 0 done, 1 failed, 2 usage or configuration.</summary>
internal static class CommandRunner
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    // Longer than the gateway's own shutdown. The parser's default of 2 s would end the process in the middle of what it is finishing.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(60);

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

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationTimeout });
        }
        catch (ConfigurationException wrong)
        {
            await Console.Error.WriteLineAsync("The configuration is not valid:");
            foreach (var failure in wrong.Failures)
            {
                await Console.Error.WriteLineAsync($"  {failure}");
            }

            return Usage;
        }
        catch (StorageUnavailableException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return refused.Code == StorageErrors.NotOwner.Code ? Usage : Failed; // whose database it is, no restart can change
        }
        catch (CommandFailedException failed)
        {
            await Console.Error.WriteLineAsync(failed.Message);
            return Failed;
        }
    }
}
