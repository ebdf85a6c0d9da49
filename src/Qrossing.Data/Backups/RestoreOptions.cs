namespace Qrossing.Data.Backups;

/// <summary>What to restore and where its files go; the database is the one that the data layer was configured with.</summary>
public sealed record RestoreOptions
{
    /// <summary>The directory a backup was written to.</summary>
    public required string Directory { get; init; }

    /// <summary>Where to put the backup's root key; null leaves it. Nothing is overwritten.</summary>
    public string? RootKeyFile { get; init; }

    /// <summary>Where to put the backup's objects; null leaves them. Must not exist or be empty.</summary>
    public string? ObjectsDirectory { get; init; }
}
