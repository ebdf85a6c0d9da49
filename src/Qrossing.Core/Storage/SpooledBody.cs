namespace Qrossing.Core.Storage;

/// <summary>A body in the spool.</summary>
internal sealed class SpooledBody(string path, long size) : IRenamableBody
{
    /// <inheritdoc/>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public long Size { get; } = size;

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream?>(File.Exists(Path)
            ? new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null);
}
