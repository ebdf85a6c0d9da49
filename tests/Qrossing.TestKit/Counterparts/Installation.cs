using System.Diagnostics;
using Qrossing.TestKit.Processes;

namespace Qrossing.TestKit.Counterparts;

/// <summary>Asks <c>eng/counterparts/install.sh</c> whether a counterpart is there, and lets it install one in CI.</summary>
internal static class Installation
{
    // The names install.sh knows; also the values of the trait "Needs".
    public const string PostgreSql = "postgres";
    public const string Node = "node";
    public const string NodePackages = "npm";
    public const string PromTool = "promtool";
    public const string Chromium = "chromium";
    public const string Systemd = "systemd";

    private static bool InCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal);

    /// <summary>Returns when all are usable. In CI what is missing is installed, and a failure to do so fails the test.</summary>
    /// <exception cref="CounterpartMissingException">Something is missing and this is not CI.</exception>
    public static async Task EnsureAsync(params string[] names)
    {
        var missing = await RunAsync(["--missing", .. names]);
        if (missing.ExitCode == 0)
        {
            return;
        }

        if (!InCi)
        {
            throw new CounterpartMissingException(string.Join(", ", names), missing.Output.Trim());
        }

        var install = await RunAsync(names);
        if (install.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(", ", names)} could not be installed:\n{install.Output}{install.Errors}");
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(RepositoryRoot.Combine("eng", "counterparts", "install.sh"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("install.sh did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
