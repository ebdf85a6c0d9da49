using Qrossing.Core.Storage;

namespace Qrossing.Composition;

/// <summary>What lies beside the database and belongs to a backup.</summary>
internal sealed class BackupPlaces(QrossingOptions options)
{
    private const string FilePrefix = "file:";

    /// <summary>The root key's file; null when the key comes from the environment.</summary>
    public string? RootKeyFile => options.Secrets.RootKey?.Text switch
    {
        null => Path.Combine(options.Data.Directory, "keys", "root.key"),
        var text when text.StartsWith(FilePrefix, StringComparison.Ordinal) => text[FilePrefix.Length..],
        _ => null,
    };

    /// <summary>The content of the built-in store.</summary>
    public string ObjectsDirectory => Path.Combine(options.Data.Directory, "connections", "default", Objects.DefaultConnection);
}
