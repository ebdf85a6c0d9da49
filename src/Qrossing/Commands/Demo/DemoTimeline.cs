using System.Diagnostics;
using Spectre.Console;

namespace Qrossing.Commands.Demo;

/// <summary>What happened, when.</summary>
internal sealed class DemoTimeline(IAnsiConsole console)
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly List<(TimeSpan At, string What, string Detail)> _steps = [];

    /// <summary>Adds a step and shows it at once.</summary>
    public void Add(string what, string detail)
    {
        var at = Stopwatch.GetElapsedTime(_began);
        _steps.Add((at, what, detail));
        var row = new Grid { Expand = false };
        row.AddColumn(new GridColumn { Width = 7, NoWrap = true, Padding = new Padding(0, 0, 1, 0), Alignment = Justify.Right });
        row.AddColumn(new GridColumn { Width = 12, NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        row.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        row.AddRow($"[grey]{at.TotalSeconds:0.00} s[/]", $"[aqua]{Markup.Escape(what)}[/]", Markup.Escape(detail));
        console.Write(row);
    }

    /// <summary>The timeline as bars.</summary>
    public void Print()
    {
        console.WriteLine();
        var total = _steps[^1].At.TotalSeconds;
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("Timeline") };
        table.AddColumn("at").AddColumn("step").AddColumn(new TableColumn("when").NoWrap());
        foreach (var (at, what, _) in _steps)
        {
            var position = total > 0 ? (int)(at.TotalSeconds / total * 32) : 0;
            table.AddRow($"{at.TotalSeconds:0.00} s", Markup.Escape(what), $"{new string('·', position)}[aqua]●[/]");
        }

        console.Write(table);
    }
}
