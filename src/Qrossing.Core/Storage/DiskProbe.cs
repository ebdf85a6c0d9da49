using Qrossing.Core.Connectors;
using Qrossing.Core.Connectors.Files;

namespace Qrossing.Core.Storage;

/// <summary>Whether the disk of the spool, which is that of the data directory, takes what is written to it.</summary>
public sealed class DiskProbe(SpoolOptions options)
{
    private const int Bytes = 256 * 1024;

    /// <summary>Writes one chunk through to the disk and removes it. Null when that went well, else what is wrong.</summary>
    public string? Check()
    {
        var path = Path.Combine(options.Directory, ".probe");
        try
        {
            DirectorySync.Create(options.Directory);
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            file.Write(new byte[Bytes]);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            return null;
        }
        catch (Exception failure) when (FileFaults.Cover(failure))
        {
            return FileFaults.Of(failure).Code == ConnectorErrors.FilesFull.Code ? "The disk is full." : "The disk takes no files.";
        }
    }
}
