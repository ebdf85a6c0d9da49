namespace Qrossing.Data.Backups;

/// <summary>What to back up and where.</summary>
public sealed record BackupOptions
{
    /// <summary>The directory to write; made with mode 0700. Must not exist or be empty.</summary>
    public required string Directory { get; init; }

    /// <summary>The root key's file, to be copied too (<c>root.key</c>); null leaves it out, and the backup is unreadable without it.</summary>
    public string? RootKeyFile { get; init; }

    /// <summary>
    /// Directories that belong to the database, by the name they get in the backup, copied in this order after the tables: bodies that wait to be
    /// sent, then what connectors keep, since the first become the second.
    /// </summary>
    public IReadOnlyList<BackupTree> Trees { get; init; } = [];
}
