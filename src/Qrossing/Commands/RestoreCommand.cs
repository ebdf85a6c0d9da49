using System.CommandLine;
using Qrossing.Composition;
using Qrossing.Data.Backups;

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
            var options = OptionsLoader.Load();
            await using var services = DataHost.Build(options);
            var places = new BackupPlaces(options);
            var from = parsed.GetRequiredValue(directory);
            try
            {
                var manifest = await services.GetRequiredService<Restore>().ReadAsync(
                    new RestoreOptions
                    {
                        Directory = from,
                        RootKeyFile = places.RootKeyFile,
                        ObjectsDirectory = Directory.Exists(Path.Combine(from, "objects")) ? places.ObjectsDirectory : null,
                    },
                    cancellationToken);
                Console.WriteLine($"Restored {manifest.Tables.Sum(table => table.Rows)} rows of {manifest.CreatedAt:O}. Open effects are looked up before anything is sent.");
                return CommandRunner.Done;
            }
            catch (Exception refused) when (refused is InvalidOperationException or InvalidDataException or IOException)
            {
                throw new CommandFailedException(refused.Message, refused);
            }
        });
        return command;
    }
}
