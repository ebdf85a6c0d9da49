using System.CommandLine;
using Qrossing.Commands.Demo;

namespace Qrossing.Commands;

/// <summary><c>demo</c>: the main job on embedded defaults, with a kill in the middle.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Stay up afterwards, until Ctrl+C." };
        var file = new Option<FileInfo?>("--file") { Description = "The file to store. Default: the gateway's own program file." };
        var command = new Command("demo", "Run one complete integration on embedded defaults, kill the gateway in the middle, show that nothing is lost or doubled.") { keep, file };
        command.SetAction((parsed, cancellationToken) => DemoScript.RunAsync(parsed.GetValue(file), parsed.GetValue(keep), cancellationToken));
        return command;
    }
}
