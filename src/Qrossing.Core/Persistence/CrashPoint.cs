using System.Globalization;
using System.Runtime.InteropServices;

namespace Qrossing.Core.Persistence;

/// <summary>
/// Lets the process kill itself (SIGKILL) at a named instruction, for crash sweeps: <c>QROSSING_CRASH_AT=point[:n]</c> names the n-th pass (default 1).
/// Without the variable a pass costs one null check.
/// </summary>
public static partial class CrashPoint
{
    private const int SigKill = 9;
    private static readonly string? Armed = Read(out _passes);
    private static int _passes;

    /// <summary>Dies here when this point is armed.</summary>
    public static void Hit(string point)
    {
        if (Armed is not null && point == Armed && Interlocked.Decrement(ref _passes) == 0)
        {
            _ = Kill(Environment.ProcessId, SigKill);
        }
    }

    private static string? Read(out int passes)
    {
        passes = 1;
        var setting = Environment.GetEnvironmentVariable("QROSSING_CRASH_AT");
        if (string.IsNullOrEmpty(setting))
        {
            return null;
        }

        var colon = setting.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return setting;
        }

        passes = int.Parse(setting.AsSpan(colon + 1), CultureInfo.InvariantCulture);
        return setting[..colon];
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
