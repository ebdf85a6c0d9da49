using System.Diagnostics;
using System.Security.Cryptography;
using Qrossing.TestKit.Processes;

namespace Qrossing.TestKit.Counterparts;

/// <summary>
/// Runs scripts on node with independent implementations at hand (ethers, viem, standardwebhooks; versions in
/// <c>eng/counterparts/npm</c>), to compare ours with.
/// </summary>
public sealed class NodeTool : IAsyncDisposable
{
    private NodeTool(string home) => Home = home;

    /// <summary>The folder whose <c>node_modules</c> the scripts see.</summary>
    public string Home { get; }

    /// <summary>Where tools are kept per user: <c>QROSSING_TOOLS</c>, or <c>qrossing-tools</c> in the user's cache. As in lib.sh.</summary>
    internal static string CacheFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("QROSSING_TOOLS") is { Length: > 0 } chosen)
            {
                return chosen;
            }

            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
                ? xdg
                : Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? Path.GetTempPath(), ".cache");
            return Path.Combine(cache, "qrossing-tools");
        }
    }

    public static async Task<NodeTool> StartAsync()
    {
        await Installation.EnsureAsync(Installation.Node, Installation.NodePackages);
        await using var pins = File.OpenRead(RepositoryRoot.Combine("eng", "counterparts", "npm", "package-lock.json"));
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(pins));
        return new NodeTool(Path.Combine(CacheFolder, $"npm-{hash[..12]}"));
    }

    /// <summary>Node alone, for scripts that need no packages.</summary>
    public static async Task<NodeTool> StartBareAsync()
    {
        await Installation.EnsureAsync(Installation.Node);
        return new NodeTool(Path.GetTempPath());
    }

    /// <summary>Runs the text of an ES module (<c>import { Webhook } from "standardwebhooks"</c>) and returns what it printed.</summary>
    /// <param name="module">Source text.</param>
    /// <param name="input">Given on standard input (<c>fs.readFileSync(0, "utf8")</c>).</param>
    /// <param name="arguments">The script's <c>process.argv</c> from index 1.</param>
    /// <exception cref="InvalidOperationException">The script failed; the message carries its standard error.</exception>
    public Task<string> RunAsync(string module, string input = "", params IReadOnlyList<string> arguments) =>
        RunNodeAsync(["--input-type=module", "--eval", module, "--", .. arguments], input);

    /// <summary>Runs a file of ours: CommonJS (<c>.cjs</c>), which may <c>require</c> the packages, or a module (<c>.mjs</c>) that needs none.</summary>
    public Task<string> RunFileAsync(string path, string input = "", params IReadOnlyList<string> arguments) =>
        RunNodeAsync([path, .. arguments], input);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> RunNodeAsync(IEnumerable<string> arguments, string input)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Home, // Bare imports of --eval resolve from here.
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_PATH"] = Path.Combine(Home, "node_modules"); // The same for require() in files elsewhere.
        using var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A script may end without reading its input; its exit code says whether that was well.
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"node ended with exit code {process.ExitCode}:\n{await errors}");
    }
}
