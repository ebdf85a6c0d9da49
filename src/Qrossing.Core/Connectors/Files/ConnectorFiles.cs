using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Peers;
using Qrossing.Core.Storage;

namespace Qrossing.Core.Connectors.Files;

/// <summary>
/// A connector instance's directory, <c>&lt;data&gt;/connections/&lt;tenant&gt;/&lt;id&gt;</c>. A file appears under its name by rename, after its
/// bytes were synced, and the name is synced after that: at any power cut it is there whole or not at all.
/// </summary>
/// <param name="root">The directory; made on the first write.</param>
/// <param name="evidence">The attempt for which it is opened; null outside of an attempt.</param>
internal sealed class ConnectorFiles(string root, CallEvidence? evidence) : IConnectorFiles
{
    private const string TemporaryFolder = ".tmp";
    private const int CopyBufferBytes = 128 * 1024;
    private const int NameBytes = 12;

    /// <summary>Removes what writes that a crash cut short have left. For the start, before any attempt.</summary>
    public static void Sweep(string root)
    {
        var folder = new DirectoryInfo(Path.Combine(root, TemporaryFolder));
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return new(new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new((Stream?)null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long?> SizeAsync(string name, CancellationToken cancellationToken) => new(SizeOf(PathOf(name)));

    /// <inheritdoc/>
    public ValueTask<ConnectorResult<long>> ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        InstallAsync(PathOf(name), async file => await file.WriteAsync(content, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<long>> AdoptAsync(ISpooledBody body, string name, CancellationToken cancellationToken)
    {
        var target = PathOf(name);
        if (SizeOf(target) == body.Size)
        {
            return body.Size;
        }

        if (body is IRenamableBody spooled && Rename(spooled, target) is { } renamed)
        {
            return renamed;
        }

        ConnectorResult<long> copied;
        await using (var source = await body.OpenAsync(cancellationToken))
        {
            copied = source is null
                ? Gone(name)
                : await InstallAsync(target, async file => await source.CopyToAsync(file, CopyBufferBytes, cancellationToken));
        }

        if (copied.IsSuccess && body is IRenamableBody { Path: var taken })
        {
            File.Delete(taken);
        }

        return copied;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in Below("", prefix, after))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            return new(false);
        }

        evidence?.BeginStep();
        File.Delete(path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        return new(true);
    }

    private static long? SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : null;

    private static Fault Gone(string name) =>
        Fault.Of(FaultKind.Unavailable, ConnectorErrors.FilesFailed.Code, $"The body for '{name}' was taken over under another name.");

    /// <summary>Null when the body lies on another file system: it is copied beside the target then, as every other body is.</summary>
    private ConnectorResult<long>? Rename(IRenamableBody body, string target)
    {
        if (!File.Exists(body.Path))
        {
            return Gone(Path.GetRelativePath(root, target));
        }

        evidence?.BeginStep();
        try
        {
            return Publish(body.Path, target) ? body.Size : null;
        }
        catch (Exception failure) when (FileFaults.Cover(failure))
        {
            return FileFaults.Of(failure);
        }
    }

    private async ValueTask<ConnectorResult<long>> InstallAsync(string target, Func<FileStream, Task> write)
    {
        var folder = Path.Combine(root, TemporaryFolder);
        var temporary = Path.Combine(folder, RandomNumberGenerator.GetHexString(2 * NameBytes, lowercase: true));
        evidence?.BeginStep();
        try
        {
            DirectorySync.Create(folder);
            long size;
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                await write(file);
                file.Flush(flushToDisk: true);
                size = file.Length;
            }

            return Publish(temporary, target) ? size : FileFaults.Of(new IOException($"{folder} is on another file system than {target}."));
        }
        catch (Exception failure) when (FileFaults.Cover(failure))
        {
            return FileFaults.Of(failure);
        }
        finally
        {
            if (File.Exists(temporary)) // it is gone after the rename
            {
                File.Delete(temporary);
            }
        }
    }

    // File.Move would copy across file systems: in place, unsynced, and half a file after a power cut.
    private static bool Publish(string source, string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        DirectorySync.Create(folder);
        if (!DirectorySync.TryRename(source, target))
        {
            return false;
        }

        DirectorySync.Flush(folder);
        return true;
    }

    /// <summary>
    /// Full names in ordinal order. A directory sorts as its name with the slash behind it, which is where its files belong:
    /// <c>a.b</c> comes before <c>a/b</c>.
    /// </summary>
    private IEnumerable<string> Below(string folder, string prefix, string? after)
    {
        var directory = new DirectoryInfo(Path.Combine(root, folder));
        if (!directory.Exists)
        {
            yield break;
        }

        var entries = directory.EnumerateFileSystemInfos()
            .Where(entry => entry.Name[0] != '.')
            .Select(entry => folder + entry.Name + (entry is DirectoryInfo ? "/" : ""))
            .Order(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!entry.EndsWith('/'))
            {
                if (entry.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(entry, after) > 0)
                {
                    yield return entry;
                }
            }
            else if (MayHold(entry, prefix, after))
            {
                foreach (var name in Below(entry, prefix, after))
                {
                    yield return name;
                }
            }
        }
    }

    /// <summary>Whether a directory can hold a name that is asked for; whole directories before <paramref name="after"/> are not read.</summary>
    private static bool MayHold(string folder, string prefix, string? after) =>
        (folder.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(folder, StringComparison.Ordinal))
        && (after is null || after.StartsWith(folder, StringComparison.Ordinal) || string.CompareOrdinal(folder, after) > 0);

    private string PathOf(string name) => Path.Combine(root, FileNames.Checked(name));
}
