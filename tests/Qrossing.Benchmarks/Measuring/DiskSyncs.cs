namespace Qrossing.Benchmarks.Measuring;

/// <summary>How often a second this disk, as busy as it is now, makes a page durable: the yardstick of every durable figure.</summary>
internal static class DiskSyncs
{
    private const int PageBytes = 4096;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    /// <summary>Appends and syncs page after page, one writer.</summary>
    public static double PerSecond(string directory)
    {
        var path = Path.Combine(directory, "syncs");
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[PageBytes];
            var began = TimeProvider.System.GetTimestamp();
            var count = 0;
            while (TimeProvider.System.GetElapsedTime(began) < Duration)
            {
                file.Write(page);
                file.Flush(flushToDisk: true);
                count++;
            }

            return count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
