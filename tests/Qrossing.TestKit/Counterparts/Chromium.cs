using Qrossing.TestKit.Processes;

namespace Qrossing.TestKit.Counterparts;

/// <summary>A real browser without a window, for pages on loopback. Every call is a new browser with a profile of its own.</summary>
public sealed class Chromium
{
    // Each keeps it from reaching out: what a page asks for is all it asks for.
    private static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
    ];

    private Chromium()
    {
    }

    /// <summary>The installed browser.</summary>
    /// <exception cref="CounterpartMissingException">It is not installed, and this is not CI.</exception>
    public static async Task<Chromium> FindAsync()
    {
        await Installation.EnsureAsync(Installation.Chromium);
        return new Chromium();
    }

    /// <summary>The document as the browser understood it, after redirects.</summary>
    public async Task<string> DumpDomAsync(Uri page, CancellationToken cancellationToken) =>
        (await RunAsync(["--dump-dom", page.AbsoluteUri], cancellationToken)).Standard;

    /// <summary>A picture of the page as PNG.</summary>
    public Task ScreenshotAsync(Uri page, string file, int width, int height, CancellationToken cancellationToken) =>
        RunAsync([$"--screenshot={file}", $"--window-size={width},{height}", page.AbsoluteUri], cancellationToken);

    private static async Task<ProcessOutput> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var profile = new TemporaryFolder("chromium");
        await using var browser = await BoundProcess.StartAsync(
            new BoundCommand("chromium", [.. Quiet, $"--user-data-dir={profile.Path}", .. arguments]),
            cancellationToken);
        var exitCode = await browser.Exit.WaitAsync(cancellationToken);
        return exitCode == 0
            ? browser.Output
            : throw new InvalidOperationException($"chromium ended with exit code {exitCode}:\n{browser.Output.All}");
    }
}
