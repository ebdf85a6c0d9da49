using Qrossing.Abstractions.Connectors;

namespace Qrossing.TestKit.Calls;

/// <summary>A spooled upload: one complete file, which an adoption takes away.</summary>
public sealed class FileBody : ISpooledBody
{
    private FileBody(string path, long size) => (Path, Size) = (path, size);

    /// <summary>Where the file is, or was before it was taken over.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public long Size { get; }

    /// <summary>Spools these bytes into a folder.</summary>
    public static async Task<FileBody> WriteAsync(string folder, ReadOnlyMemory<byte> content)
    {
        Directory.CreateDirectory(folder);
        var path = System.IO.Path.Combine(folder, System.IO.Path.GetRandomFileName());
        await File.WriteAllBytesAsync(path, content);
        return new FileBody(path, content.Length);
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(CancellationToken cancellationToken) => new(File.Exists(Path) ? File.OpenRead(Path) : null);
}
