using System.Runtime.CompilerServices;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.TestKit.Calls;

/// <summary>A connector's directory as a plain folder. Counts what was written, so that a test can see that nothing was.</summary>
public sealed class DirectoryFiles(string root) : IConnectorFiles
{
    private readonly List<string> _written = [];

    /// <summary>Names in the order in which they were written or adopted.</summary>
    public IReadOnlyList<string> Written => _written;

    /// <summary>The file's place on disk, for tests that damage it.</summary>
    public string PathOf(string name) => Path.Combine(root, name);

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        new(File.Exists(PathOf(name)) ? File.OpenRead(PathOf(name)) : null);

    /// <inheritdoc/>
    public ValueTask<long?> SizeAsync(string name, CancellationToken cancellationToken) =>
        new(new FileInfo(PathOf(name)) is { Exists: true } file ? file.Length : null);

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<long>> ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(Prepare(name), content, cancellationToken);
        return content.Length;
    }

    /// <inheritdoc/>
    public ValueTask<ConnectorResult<long>> AdoptAsync(ISpooledBody body, string name, CancellationToken cancellationToken)
    {
        if (new FileInfo(PathOf(name)) is { Exists: true } existing && existing.Length == body.Size)
        {
            return new(body.Size);
        }

        File.Move(((FileBody)body).Path, Prepare(name), overwrite: true);
        return new(body.Size);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var names = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(name, after) > 0)
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            yield return name;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var existed = File.Exists(PathOf(name));
        File.Delete(PathOf(name));
        return new(existed);
    }

    private string Prepare(string name)
    {
        _written.Add(name);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        return PathOf(name);
    }
}
