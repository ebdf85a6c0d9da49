namespace Qrossing.Data.Backups;

/// <summary>What to restore and where its files go; the database is the one that the data layer was configured with.</summary>
public sealed record RestoreOptions
{
    /// <summary>The directory a backup was written to.</summary>
    public required string Directory { get; init; }

    /// <summary>Where to put the backup's root key; null leaves it. Nothing is overwritten.</summary>
    public string? RootKeyFile { get; init; }

    /// <summary>Where to put the backup's directories; one that the backup does not have is left out. Must not exist or be empty.</summary>
    public IReadOnlyList<BackupTree> Trees { get; init; } = [];

    /// <summary>The file that marks a restore which has begun and not ended: a gateway does not start while it exists, and a restore may begin anew.</summary>
    public required string MarkFile { get; init; }
}
