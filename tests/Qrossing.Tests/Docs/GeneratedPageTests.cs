using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Docs;

/// <summary>Holds the generated pages fresh; with <c>QROSSING_DOCS=write</c>, which <c>eng/docs</c> sets, writes them first.</summary>
[Trait("Kind", "unit")]
public sealed class GeneratedPageTests
{
    [Fact]
    public async Task Generated_pages_say_what_the_code_says()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var pages = await GeneratedPages.MakeAsync(cancellationToken);
        var left = LeftOver(pages);
        if (Environment.GetEnvironmentVariable("QROSSING_DOCS") == "write")
        {
            await WriteAsync(pages, left, cancellationToken);
            left = [];
        }

        var stale = left.ToList();
        foreach (var page in pages)
        {
            var file = RepositoryRoot.Combine(page.Path);
            if (!File.Exists(file) || await File.ReadAllTextAsync(file, cancellationToken) != page.Text)
            {
                stale.Add(page.Path);
            }
        }

        Assert.True(stale.Count == 0, $"stale: run eng/docs ({string.Join(", ", stale)})");
    }

    [Fact]
    public async Task Nothing_on_a_generated_page_is_without_words()
    {
        var pages = await GeneratedPages.MakeAsync(TestContext.Current.CancellationToken);

        // Tables whose last column is a sentence from a doc comment.
        var silent =
            from page in pages
            where page.Path is "docs/errors.md" or "docs/configuration.md"
            from line in page.Text.Split('\n')
            where line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith("|  |", StringComparison.Ordinal)
            select $"{page.Path}: {line}";
        Architecture.Violations.None(silent.Concat(CrashPointPage.All.Where(point => point.Comment.Length == 0).Select(point => $"{point.Point}: no comment")));
    }

    /// <summary>A kind that was removed leaves its page behind.</summary>
    private static IReadOnlyList<string> LeftOver(IReadOnlyList<GeneratedPage> pages) =>
        Directory.Exists(RepositoryRoot.Combine(GeneratedPages.ConnectorFolder))
            ? [.. Architecture.Codebase.Files(GeneratedPages.ConnectorFolder, "*.md").Where(path => !pages.Any(page => page.Path == path))]
            : [];

    private static async Task WriteAsync(IReadOnlyList<GeneratedPage> pages, IReadOnlyList<string> left, CancellationToken cancellationToken)
    {
        foreach (var path in left)
        {
            File.Delete(RepositoryRoot.Combine(path));
        }

        foreach (var page in pages)
        {
            var file = RepositoryRoot.Combine(page.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, page.Text, cancellationToken);
        }
    }
}
