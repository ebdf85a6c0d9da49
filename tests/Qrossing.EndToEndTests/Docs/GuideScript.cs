using System.Text;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Docs;

/// <summary>
/// The shell blocks of one page, in order, as one script. A block below a line <c>&lt;!-- not run: reason --&gt;</c> is left out
/// (docs/guides/README.md, "For whoever writes one").
/// </summary>
/// <param name="Page">Path of the page, relative to the root.</param>
/// <param name="Text">The script.</param>
/// <param name="Problems">What breaks the convention, one sentence each.</param>
internal sealed record GuideScript(string Page, string Text, IReadOnlyList<string> Problems)
{
    private const string Fence = "```";
    private const string MarkerStart = "<!-- not run:";
    private const string MarkerEnd = "-->";

    // Other fences are not commands; a shell under another name would go by unseen.
    private static readonly string[] Languages = ["sh", "json", "yaml", "text"];

    /// <summary>The pages whose commands a reader is told to run.</summary>
    public static IReadOnlyList<string> Pages { get; } =
        ["README.md", "docs/troubleshooting.md", .. Directory.EnumerateFiles(RepositoryRoot.Combine("docs", "guides"), "*.md").Select(file => $"docs/guides/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)];

    /// <summary>Reads a page.</summary>
    public static GuideScript Read(string page)
    {
        var text = new StringBuilder();
        var problems = new List<string>();
        var lines = File.ReadAllLines(RepositoryRoot.Combine(page));
        string? language = null;
        var runs = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (language is null && line.StartsWith(Fence, StringComparison.Ordinal))
            {
                language = line[Fence.Length..];
                var marker = i > 0 && lines[i - 1].StartsWith(MarkerStart, StringComparison.Ordinal) ? lines[i - 1] : null;
                runs = language == "sh" && marker is null;
                problems.AddRange(Check(page, i + 1, language, marker));
                if (runs)
                {
                    text.Append($"# {page}:{i + 1}\n");
                }
            }
            else if (line == Fence)
            {
                language = null;
            }
            else if (language is not null && runs)
            {
                text.Append(line).Append('\n');
            }
        }

        return new GuideScript(page, text.ToString(), problems);
    }

    private static IEnumerable<string> Check(string page, int line, string language, string? marker)
    {
        if (!Languages.Contains(language))
        {
            yield return $"{page}:{line}: a fence is one of {string.Join(", ", Languages)}, not '{language}'.";
        }

        if (marker is not null && marker[MarkerStart.Length..].Replace(MarkerEnd, string.Empty, StringComparison.Ordinal).Trim().Length < 10)
        {
            yield return $"{page}:{line}: a block that is not run says why.";
        }
    }
}
