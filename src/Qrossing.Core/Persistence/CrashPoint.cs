using System.Globalization;
using System.Runtime.InteropServices;

namespace Qrossing.Core.Persistence;

/// <summary>
/// Named places where the process kills itself when <c>QROSSING_CRASH_AT=point[:n]</c> asks for it, at the n-th time it gets there
/// (default 1): effects, Crash points and sweeps. Free otherwise. The names are constants of the rooms.
/// </summary>
public static partial class CrashPoint
{
    private const int SigKill = 9;

    private static readonly string? Armed = ReadArmed(Environment.GetEnvironmentVariable("QROSSING_CRASH_AT"), out CountDown);
    private static int CountDown;

    /// <summary>Ends the process by SIGKILL if this is the point and the time.</summary>
    public static void Hit(string name)
    {
        if (Armed is null || Armed != name || Interlocked.Decrement(ref CountDown) != 0)
        {
            return;
        }

        _ = Kill(Environment.ProcessId, SigKill);
        Environment.FailFast($"The crash point {name} could not kill the process.");
    }

    private static string? ReadArmed(string? setting, out int countDown)
    {
        countDown = 1;
        if (string.IsNullOrEmpty(setting))
        {
            return null;
        }

        var colon = setting.LastIndexOf(':');
        return colon > 0 && int.TryParse(setting.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out countDown) && countDown > 0
            ? setting[..colon]
            : setting;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
