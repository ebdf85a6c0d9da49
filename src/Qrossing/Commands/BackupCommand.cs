using System.CommandLine;
using Qrossing.Composition;

namespace Qrossing.Commands;

/// <summary><c>backup DIR</c>: an online backup with the key ring's root key.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "Where to write; made, or empty." };
        var withoutKey = new Option<bool>("--without-root-key") { Description = "Leave the root key out: whoever restores must have it from elsewhere." };
        var withoutObjects = new Option<bool>("--without-objects") { Description = "Leave stored content out." };
        var command = new Command("backup", "Back the database up while the gateway runs, with the key ring and stored objects.") { directory, withoutKey, withoutObjects };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                Console.WriteLine(await BackupRun.WriteAsync(
                    OptionsLoader.Load(), parsed.GetRequiredValue(directory), !parsed.GetValue(withoutKey), !parsed.GetValue(withoutObjects), cancellationToken));
                return CommandRunner.Done;
            }
            catch (Exception refused) when (refused is InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                throw new CommandFailedException(refused.Message, refused);
            }
        });
        return command;
    }
}
