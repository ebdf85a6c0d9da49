using System.CommandLine;
using Qrossing.Composition;
using Qrossing.Core.Persistence;

namespace Qrossing.Commands;

/// <summary><c>migrate</c>: brings the schema up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database schema up to date.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var services = DataHost.Build(OptionsLoader.Load());
            var database = services.GetRequiredService<IDatabase>();
            await database.MigrateAsync(cancellationToken);
            Console.WriteLine($"The {database.Engine} schema is up to date.");
            return CommandRunner.Done;
        });
        return command;
    }
}
