using System.Text;

namespace Qrossing.Tests.Docs;

/// <summary>A page under construction: lines end in one line feed, tables escape what would end a cell.</summary>
internal sealed class Markdown
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a page with its title and the line that says where it comes from.</summary>
    public Markdown(string title, string source)
    {
        Line($"# {title}");
        Line($"<!-- Made from {source} by eng/docs; a test holds it fresh. Do not edit. -->");
        Line();
    }

    /// <summary>Code marks around a text.</summary>
    public static string Code(string text) => text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

    /// <summary>Several in code marks.</summary>
    public static string Codes(IEnumerable<string> texts) => string.Join(", ", texts.Select(Code));

    public Markdown Line(string text = "")
    {
        _text.Append(text).Append('\n');
        return this;
    }

    /// <summary>A heading of the second or a lower level, with blank lines around.</summary>
    public Markdown Heading(int level, string text) => Line().Line($"{new string('#', level)} {text}").Line();

    /// <summary>A table; nothing when there are no rows.</summary>
    public Markdown Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return this;
        }

        Row(columns);
        Line($"|{string.Concat(columns.Select(_ => "---|"))}");
        all.ForEach(Row);
        return this;
    }

    /// <summary>The page; runs of blank lines become one.</summary>
    public override string ToString()
    {
        var text = _text.ToString();
        while (text.Contains("\n\n\n", StringComparison.Ordinal))
        {
            text = text.Replace("\n\n\n", "\n\n", StringComparison.Ordinal);
        }

        return text.TrimEnd('\n') + "\n";
    }

    private void Row(IReadOnlyList<string> cells) => Line($"| {string.Join(" | ", cells.Select(Cell))} |");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal).Trim();
}
