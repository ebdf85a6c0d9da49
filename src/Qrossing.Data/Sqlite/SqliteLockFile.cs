using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Qrossing.Core.Persistence;

namespace Qrossing.Data.Sqlite;

/// <summary>
/// The exclusive lock on <c>qrossing.lock</c> (flock, which <see cref="FileShare.None"/> is here): the kernel releases it with the process,
/// however that ends. The file is never deleted, or two processes could lock two files of one name. It holds the owner's process id.
/// </summary>
internal sealed partial class SqliteLockFile : IDisposable
{
    private readonly FileStream _file;

    private SqliteLockFile(FileStream file) => _file = file;

    /// <exception cref="StorageUnavailableException">Another process holds the lock.</exception>
    public static SqliteLockFile Take(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not DirectoryNotFoundException)
        {
            throw new StorageUnavailableException($"The data directory is in use by process {ReadOwner(path)} (it holds {path}).", exception)
            {
                Code = "storage.not_owner",
            };
        }

        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new SqliteLockFile(file);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Opened past .NET, whose every open asks for a lock of its own and is refused.</summary>
    private static string ReadOwner(string path)
    {
        const int ReadOnly = 0;
        using var handle = new SafeFileHandle(Open(path, ReadOnly), ownsHandle: true);
        if (handle.IsInvalid)
        {
            return "unknown";
        }

        using var reader = new StreamReader(new FileStream(handle, FileAccess.Read));
        var text = reader.ReadToEnd().Trim();
        return text.Length > 0 ? text : "unknown";
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
