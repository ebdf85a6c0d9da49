using System.Globalization;

namespace Qrossing.Benchmarks.Measuring;

/// <summary>What the kernel counted for a process. Processor time is what can be trusted on a machine that others use too.</summary>
internal static class ProcessMeter
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on

    /// <summary>User and system time of all its threads so far.</summary>
    public static TimeSpan Processor(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before it may hold spaces
        return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
    }

    /// <summary>Resident memory now, in bytes.</summary>
    public static long Resident(int pid) => Status(pid, "VmRSS:");

    private static long Status(int pid, string name)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return (long)Number(line[name.Length..].Trim().Split(' ')[0]) * 1024;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
