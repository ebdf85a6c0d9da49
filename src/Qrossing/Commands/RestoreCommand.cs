using System.CommandLine;
using System.Data.Common;
using Qrossing.Composition;

namespace Qrossing.Commands;

/// <summary><c>restore DIR</c>: into an empty database.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "A directory that 'backup' wrote." };
        var command = new Command("restore", "Restore a backup into an empty database, of the same or the other engine.") { directory };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                Console.WriteLine(await BackupRun.ReadAsync(OptionsLoader.Load(), parsed.GetRequiredValue(directory), cancellationToken));
                return CommandRunner.Done;
            }
            catch (Exception refused) when (refused is InvalidOperationException or InvalidDataException or IOException or UnauthorizedAccessException or DbException)
            {
                throw new CommandFailedException(refused.Message, refused);
            }
        });
        return command;
    }
}
