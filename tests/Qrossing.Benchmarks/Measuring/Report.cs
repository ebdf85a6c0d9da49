using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Qrossing.Benchmarks.Measuring;

/// <summary>Gathers figures, prints them as a table and writes them as JSON and Markdown.</summary>
internal sealed class Report(string directory)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Figure> _figures = [];

    /// <summary>Where raw results go.</summary>
    public string Directory { get; } = directory;

    /// <summary>Takes a figure and shows it at once: a long run should not end in silence.</summary>
    public void Add(Figure figure)
    {
        _figures.Add(figure);
        AnsiConsole.MarkupLineInterpolated($"  {figure.What}: [bold]{figure.Value}[/] {Mark(figure)}");
    }

    /// <summary>Says what runs now.</summary>
    public static void Say(string text) => AnsiConsole.MarkupLineInterpolated($"[grey]{text}[/]");

    /// <summary>The table, and the files.</summary>
    public void Finish()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Profile", "Measured", "Figure", "Goal", "");
        var text = new StringBuilder("| Profile | Measured | Figure | Goal | |\n|---|---|---|---|---|\n");
        foreach (var figure in _figures)
        {
            table.AddRow(new Text(figure.Profile), new Text(figure.What), new Text(figure.Value), new Text(figure.Goal), new Text(Mark(figure)));
            text.Append(CultureInfo.InvariantCulture, $"| {figure.Profile} | {figure.What} | {figure.Value} | {figure.Goal} | {Mark(figure)} |\n");
        }

        AnsiConsole.Write(table);
        System.IO.Directory.CreateDirectory(Directory);
        File.WriteAllText(Path.Combine(Directory, "figures.md"), text.ToString());
        File.WriteAllText(Path.Combine(Directory, "figures.json"), JsonSerializer.Serialize(_figures, Json));
    }

    private static string Mark(Figure figure) => figure.IsMet switch { true => "met", false => "MISSED", null => "" };
}
