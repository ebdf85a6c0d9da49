using System.Runtime.Versioning;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Docs;

/// <summary>Every command that README and guides show, run as a reader runs it: in a shell, on the built executable, with real counterparts.</summary>
[Trait("Kind", "e2e")]
[Trait("Needs", "npm")]
[UnsupportedOSPlatform("windows")]
public sealed class GuideTests
{
    private const string Key = "qk_test_guide_0123456789abcdef0123456789abcdef";

    // A reader closes the terminal; here what a guide left running, or a failed one did not reach to stop, would hold our pipes.
    private const string EndWhatRuns = "trap 'kill -KILL $(jobs -p) 2>/dev/null || true' EXIT";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Runnable => [.. GuideScript.Pages.Where(page => GuideScript.Read(page).Text.Length > 0)];

    [Theory]
    [MemberData(nameof(Runnable))]
    public async Task Guide_runs_from_top_to_bottom(string page)
    {
        var script = GuideScript.Read(page);
        await EnsureCounterpartsAsync(script.Text);
        using var folder = new TemporaryFolder("guide");
        await PrepareAsync(folder.Path, script.Text);
        await using var shell = await BoundProcess.StartAsync(
            new BoundCommand("bash", "-xeuo", "pipefail", "guide.sh") { WorkingDirectory = folder.Path, Environment = Environment(folder.Path) },
            TestContext.Current.CancellationToken);

        var ended = await Task.WhenAny(shell.Exit, Task.Delay(Patience, TimeProvider.System, TestContext.Current.CancellationToken)) == shell.Exit;
        Assert.True(ended, $"{page} did not end within {Patience}:\n{shell.Output.All}");
        Assert.True(await shell.Exit == 0, $"{page} ended with exit code {await shell.Exit}:\n{shell.Output.All}");
    }

    [Fact]
    public void Pages_show_commands_in_one_form_only() => Assert.Empty(GuideScript.Pages.SelectMany(page => GuideScript.Read(page).Problems));

    private static async Task EnsureCounterpartsAsync(string script)
    {
        if (script.Contains("anvil.sh", StringComparison.Ordinal))
        {
            await using var packages = await NodeTool.StartAsync();
        }
        else if (script.Contains("node ", StringComparison.Ordinal))
        {
            await using var node = await NodeTool.StartBareAsync();
        }
    }

    /// <summary>A folder that looks like the checkout, with room for what the guide writes.</summary>
    private static async Task PrepareAsync(string folder, string script)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(RepositoryRoot.Path).Where(entry => Path.GetFileName(entry) is not ("data" or ".git")))
        {
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(entry)), entry);
        }

        var executable = RepositoryRoot.Combine("artifacts", "bin", "Qrossing", new DirectoryInfo(AppContext.BaseDirectory).Name, "Qrossing.dll");
        await WriteProgramAsync(folder, "qrossing", $"exec dotnet '{executable}' \"$@\"");

        // README runs from source. What it would build is built: building again beside running tests would replace files under them.
        await WriteProgramAsync(folder, "dotnet", $$"""
            [ "$1 $2 $3 $4" = 'run --project src/Qrossing --' ] && shift 4 && set -- '{{executable}}' "$@"
            PATH=${PATH#*:} exec dotnet "$@"
            """);

        // Nobody reads the answers here: a 4xx or 5xx ends the script, with its body.
        await File.WriteAllTextAsync(Path.Combine(folder, ".curlrc"), "fail-with-body\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "guide.sh"), $"{EndWhatRuns}\n{script}");
    }

    private static async Task WriteProgramAsync(string folder, string name, string body)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, ".bin")).FullName, name);
        await File.WriteAllTextAsync(path, $"#!/usr/bin/env bash\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The names that docs/guides/README.md explains, on ports of this run's own.</summary>
    private static Dictionary<string, string?> Environment(string folder)
    {
        var environment = new Dictionary<string, string?>();
        foreach (string name in System.Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("QROSSING__", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal))
            {
                environment[name] = null;
            }
        }

        var url = $"http://127.0.0.1:{FreePort.Next()}";
        environment["URL"] = url;
        environment["ASPNETCORE_URLS"] = url;
        environment["KEY"] = Key;
        environment["QROSSING_ADMIN_KEY"] = Key;
        environment["MODULES"] = $"http://127.0.0.1:{FreePort.Next()}";
        environment["RPC"] = $"http://127.0.0.1:{FreePort.Next()}";
        environment["HOOK"] = $"http://127.0.0.1:{FreePort.Next()}/hook";
        environment["CURL_HOME"] = folder;
        environment["PATH"] = $"{Path.Combine(folder, ".bin")}:{System.Environment.GetEnvironmentVariable("PATH")}";
        return environment;
    }
}
