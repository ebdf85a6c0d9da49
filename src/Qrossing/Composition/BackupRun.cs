using Qrossing.Data.Backups;

namespace Qrossing.Composition;

/// <summary>Backup and restore of everything an installation keeps: database, root key, stored objects.</summary>
internal static class BackupRun
{
    /// <summary>Writes a backup and says what it holds.</summary>
    public static async Task<string> WriteAsync(QrossingOptions options, string directory, bool rootKey, bool objects, CancellationToken cancellationToken)
    {
        await using var services = DataHost.Build(options);
        var places = new BackupPlaces(options);
        var manifest = await services.GetRequiredService<Backup>().WriteAsync(
            new BackupOptions
            {
                Directory = directory,
                RootKeyFile = rootKey ? places.RootKeyFile : null,
                Trees = objects ? places.Trees : [],
            },
            cancellationToken);
        return $"Backed up {manifest.Tables.Sum(table => table.Rows)} rows at position {manifest.Position} into {directory}.";
    }

    /// <summary>Restores into an empty database and says what came.</summary>
    public static async Task<string> ReadAsync(QrossingOptions options, string directory, CancellationToken cancellationToken)
    {
        await using var services = DataHost.Build(options);
        var places = new BackupPlaces(options);
        var manifest = await services.GetRequiredService<Restore>().ReadAsync(
            new RestoreOptions
            {
                Directory = directory,
                RootKeyFile = File.Exists(Path.Combine(directory, "root.key")) ? places.RootKeyFile : null,
                Trees = places.Trees,
                MarkFile = places.RestoreMark,
            },
            cancellationToken);
        return $"Restored {manifest.Tables.Sum(table => table.Rows)} rows of {manifest.CreatedAt:O}.";
    }
}
