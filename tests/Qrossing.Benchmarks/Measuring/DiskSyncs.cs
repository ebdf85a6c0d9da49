namespace Qrossing.Benchmarks.Measuring;

/// <summary>How often a second this disk, as busy as it is now, makes a page durable: the yardstick of every durable figure.</summary>
internal static class DiskSyncs
{
    private const int PageBytes = 4096;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    /// <summary>Appends and syncs page after page, one writer.</summary>
    public static double PerSecond(string directory) => Measure(directory) is { Count: > 0 } times ? times.Count / Duration.TotalSeconds : 0;

    /// <summary>How long each sync of one run took.</summary>
    public static Latencies Measure(string directory)
    {
        var path = Path.Combine(directory, "syncs");
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[PageBytes];
            var began = TimeProvider.System.GetTimestamp();
            var times = new List<double>();
            while (TimeProvider.System.GetElapsedTime(began) < Duration)
            {
                var asked = TimeProvider.System.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                times.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
            }

            return new Latencies(times);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
