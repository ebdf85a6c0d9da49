using Qrossing.Data.Backups;

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

    /// <summary>Uploaded bodies that wait to be stored, then what the connections keep on disk: the first become part of the second.</summary>
    public IReadOnlyList<BackupTree> Trees =>
        [new("spool", Path.Combine(options.Data.Directory, "spool")), new("connections", Path.Combine(options.Data.Directory, "connections"))];

    /// <summary>There while a restore has begun and not ended.</summary>
    public string RestoreMark => Path.Combine(options.Data.Directory, "restore.incomplete");
}
