using Spectre.Console;

namespace Qrossing.Commands.Demo;

/// <summary>Shows what held.</summary>
internal static class DemoVerdicts
{
    public static void Print(IAnsiConsole console, IReadOnlyList<DemoVerdict> verdicts)
    {
        foreach (var (promise, holds) in verdicts)
        {
            console.MarkupLineInterpolated($"{(holds ? "✔" : "✘")} {promise}");
        }
    }
}
