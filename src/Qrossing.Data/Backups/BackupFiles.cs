using System.Security.Cryptography;

namespace Qrossing.Data.Backups;

/// <summary>The files of a backup: hashed, synced, readable by their owner only.</summary>
internal static class BackupFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a directory of mode 0700, or takes one that is empty.</summary>
    /// <exception cref="InvalidOperationException">It has something in it.</exception>
    public static void EnterEmpty(string directory)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new InvalidOperationException($"The directory {directory} is not empty.");
        }

        MakeDirectory(directory);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory, OwnerOnly); // it may have been there, empty
        }
    }

    /// <summary>Makes a directory, and those above it that are missing, with mode 0700: the key ring refuses a root key in a directory that others can reach.</summary>
    public static void MakeDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly);
        }
    }

    /// <summary>Makes a file that did not exist, with mode 0600 from its first byte on.</summary>
    public static FileStream Create(string path)
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Copies a file durably.</summary>
    public static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = File.OpenRead(from);
        await using var target = Create(to);
        await source.CopyToAsync(target, cancellationToken);
        target.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Copies a directory that is in use with everything below it, but for names that begin with a dot (files that are not whole yet). What is gone
    /// when its turn comes was taken over or deleted after the snapshot of the tables.
    /// </summary>
    public static async Task CopyTreeAsync(string from, string to, CancellationToken cancellationToken)
    {
        MakeDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            if (entry.Name.StartsWith('.'))
            {
                continue;
            }

            var target = Path.Combine(to, entry.Name);
            try
            {
                if (entry is DirectoryInfo)
                {
                    await CopyTreeAsync(entry.FullName, target, cancellationToken);
                }
                else
                {
                    await CopyAsync(entry.FullName, target, cancellationToken);
                }
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                // As said above.
            }
        }
    }

    /// <summary>Hashes a file of the backup.</summary>
    public static async Task<BackupFile> DescribeAsync(string directory, string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(directory, path));
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        return new BackupFile(path.Replace('\\', '/'), file.Length, Convert.ToHexStringLower(hash));
    }
}
