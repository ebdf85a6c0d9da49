using System.CommandLine;
using Qrossing.Commands.Scaffolding;

namespace Qrossing.Commands;

/// <summary><c>connector new KIND</c>: a folder that compiles and whose compliance suite fails honestly.</summary>
internal static class ConnectorCommand
{
    public static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = "category.name, for example cloud.example." };
        var root = new Option<string>("--root") { Description = "The repository's root.", DefaultValueFactory = _ => Directory.GetCurrentDirectory() };
        var create = new Command("new", "Write the folder of a new connector and its tests.") { kind, root };
        create.SetAction(parsed =>
        {
            var outcome = ConnectorScaffold.Write(parsed.GetRequiredValue(root), parsed.GetRequiredValue(kind));
            if (outcome.Refusal is { } refusal)
            {
                Console.Error.WriteLine(refusal);
                return CommandRunner.Usage;
            }

            foreach (var file in outcome.Files)
            {
                Console.WriteLine(file);
            }

            return CommandRunner.Done;
        });
        return new Command("connector", "Work on connectors.") { create };
    }
}
