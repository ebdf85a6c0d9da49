using System.Runtime.InteropServices;

namespace Qrossing.Core.Connectors.Files;

/// <summary>Makes names durable. .NET can sync a file but not the directory that holds its name, and a rename is lost with the power until that is synced.</summary>
public static partial class DirectorySync
{
    private const int OpenReadOnlyCloseOnExec = 0x80000;
    private const int Interrupted = 4;
    private const int OtherFileSystem = 18;

    /// <summary>Syncs a directory. Nothing happens on Windows, which has no such call.</summary>
    /// <exception cref="IOException">The directory cannot be opened or synced.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(directory, OpenReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failure(directory);
        }

        try
        {
            while (Fsync(descriptor) != 0)
            {
                if (Marshal.GetLastPInvokeError() != Interrupted)
                {
                    throw Failure(directory);
                }
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Makes a directory with its parents, each durable and readable by this user only.</summary>
    public static void Create(string directory)
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        var parent = Path.GetDirectoryName(Path.GetFullPath(directory));
        if (parent is not null)
        {
            Create(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        if (parent is not null)
        {
            Flush(parent);
        }
    }

    /// <summary>Gives a file another name, over what has it; false when that is on another file system, where a name cannot be moved at once.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    public static bool TryRename(string source, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(source, target, overwrite: true);
            return true;
        }

        return Rename(source, target) == 0 || (Marshal.GetLastPInvokeError() == OtherFileSystem ? false : throw Failure(target));
    }

    private static IOException Failure(string directory)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{Marshal.GetPInvokeErrorMessage(error)}: {directory}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string source, string target);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
