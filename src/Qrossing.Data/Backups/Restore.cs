using System.Text.Json;
using Qrossing.Data.Schema;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Backups;

/// <summary>
/// Reads a backup into an empty database of either engine and marks the database as restored, so that nothing is sent before every
/// open effect was looked up (effects, Growth and restore).
/// </summary>
public sealed class Restore
{
    private readonly SqlEngine _engine;
    private readonly SqlReads _reads;
    private readonly TimeProvider _clock;

    internal Restore(SqlEngine engine, SqlReads reads, TimeProvider clock)
    {
        _engine = engine;
        _reads = reads;
        _clock = clock;
    }

    /// <summary>
    /// 1. Checks the manifest and every file's hash; 2. refuses a database or directory that is in use; 3. makes the schema as it was;
    /// 4. loads all tables and sets the mark in one transaction; 5. brings the schema up to date; 6. copies root key and objects.
    /// </summary>
    /// <exception cref="InvalidDataException">The backup is incomplete or damaged, or of a newer version.</exception>
    /// <exception cref="InvalidOperationException">The database is not empty, or a file to be written exists.</exception>
    public async Task<BackupManifest> ReadAsync(RestoreOptions options, CancellationToken cancellationToken)
    {
        var manifest = await CheckAsync(options.Directory, cancellationToken);
        CheckTargets(options, manifest);
        using (_engine.EnterMigration())
        {
            await CheckEmptyAsync(cancellationToken);
            await Task.Run(() => Migrations.Run(_engine, manifest.Schema), cancellationToken);
            await CheckLayoutAsync(manifest, cancellationToken);
            await Task.Run(() => Load(options.Directory, manifest, cancellationToken), cancellationToken);
            await Task.Run(() => Migrations.Run(_engine), cancellationToken);
        }

        if (options.RootKeyFile is { } rootKey)
        {
            await BackupFiles.CopyAsync(Path.Combine(options.Directory, Backup.RootKeyName), rootKey, cancellationToken);
        }

        if (options.ObjectsDirectory is { } objects)
        {
            BackupFiles.EnterEmpty(objects);
            foreach (var file in manifest.Files.Where(static file => file.Path.StartsWith(Backup.ObjectsPrefix, StringComparison.Ordinal)))
            {
                await BackupFiles.CopyAsync(
                    Path.Combine(options.Directory, file.Path), Path.Combine(objects, file.Path[Backup.ObjectsPrefix.Length..]), cancellationToken);
            }
        }

        return manifest;
    }

    private async Task<BackupManifest> CheckAsync(string directory, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, BackupManifest.FileName);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{directory} has no {BackupManifest.FileName}: it is no backup, or one that was cut short.");
        }

        BackupManifest manifest;
        try
        {
            await using var file = File.OpenRead(path);
            manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(file, BackupManifest.Json, cancellationToken)
                ?? throw new InvalidDataException("The manifest is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("The manifest cannot be read.", exception);
        }

        if (manifest.Format != BackupManifest.CurrentFormat || !Migrations.Names(_engine).Contains(manifest.Schema))
        {
            throw new InvalidDataException($"The backup is of a newer version (format {manifest.Format}, schema {manifest.Schema}).");
        }

        var root = Path.GetFullPath(directory) + Path.DirectorySeparatorChar;
        foreach (var expected in manifest.Files)
        {
            if (!Path.GetFullPath(Path.Combine(directory, expected.Path)).StartsWith(root, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"The manifest names a file outside the backup: {expected.Path}.");
            }

            if (!File.Exists(Path.Combine(directory, expected.Path)) || await BackupFiles.DescribeAsync(directory, expected.Path, cancellationToken) != expected)
            {
                throw new InvalidDataException($"The file {expected.Path} of the backup is missing or damaged.");
            }
        }

        return manifest;
    }

    private static void CheckTargets(RestoreOptions options, BackupManifest manifest)
    {
        if (options.RootKeyFile is { } rootKey)
        {
            if (File.Exists(rootKey))
            {
                throw new InvalidOperationException($"The root key {rootKey} exists; it is not overwritten.");
            }

            if (manifest.Files.All(static file => file.Path != Backup.RootKeyName))
            {
                throw new InvalidOperationException("The backup was taken without its root key.");
            }
        }

        if (options.ObjectsDirectory is { } objects && Directory.Exists(objects) && Directory.EnumerateFileSystemEntries(objects).Any())
        {
            throw new InvalidOperationException($"The directory {objects} is not empty.");
        }
    }

    /// <summary>Every opening raises the epoch, so that a database of epoch 0 was migrated at most.</summary>
    private async Task CheckEmptyAsync(CancellationToken cancellationToken)
    {
        var tables = await _engine.ListTablesAsync(cancellationToken);
        var empty = tables.Count == 0
            || (tables.Contains("log_head")
                && await _reads.FirstAsync("SELECT epoch FROM log_head WHERE id = 1", static row => row.Long(), [], cancellationToken) == 0);
        if (!empty)
        {
            throw new InvalidOperationException("The database is not empty; a backup is restored into an empty one only.");
        }
    }

    /// <summary>Names of tables and columns go into statements: only those that the schema has, in its order, with a file that was checked.</summary>
    private async Task CheckLayoutAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        var tables = (await _engine.ListTablesAsync(cancellationToken)).Where(static table => table != Migrations.Journal).ToHashSet();
        if (!tables.SetEquals(manifest.Tables.Select(static table => table.Name)))
        {
            throw new InvalidDataException("The backup has other tables than its schema.");
        }

        foreach (var table in manifest.Tables)
        {
            var columns = (await _engine.ListColumnsAsync(table.Name, cancellationToken)).Select(TableLines.Describe);
            if (!columns.SequenceEqual(table.Columns) || manifest.Files.All(file => file.Path != table.File))
            {
                throw new InvalidDataException($"The backup's table {table.Name} is not as its schema says.");
            }
        }
    }

    private void Load(string directory, BackupManifest manifest, CancellationToken cancellationToken)
    {
        using var channel = _engine.OpenWriter();
        channel.Execute(_engine.BeginWrite);
        foreach (var table in manifest.Tables)
        {
            LoadTable(channel, directory, table, cancellationToken);
        }

        channel.Execute(
            "UPDATE log_head SET restored_at = $1, owner = NULL, lease_until = NULL WHERE id = 1", Micros.Truncate(_clock.GetUtcNow()));
        channel.Execute("COMMIT");
    }

    private static void LoadTable(SqlChannel channel, string directory, BackupTable table, CancellationToken cancellationToken)
    {
        var columns = table.Columns.Select(TableLines.Parse).ToArray();
        var insert = SqlText.Insert(table.Name, string.Join(", ", columns.Select(static column => column.Name)));
        channel.Execute($"DELETE FROM {table.Name}"); // the row that the migration put into log_head
        using var file = new StreamReader(Path.Combine(directory, table.File));
        var rows = 0L;
        foreach (var row in TableLines.Read(file, [.. columns.Select(static column => column.Kind)], cancellationToken))
        {
            channel.Post(insert, row);
            rows++;
        }

        channel.Flush();
        if (rows != table.Rows)
        {
            throw new InvalidDataException($"The table {table.Name} has {rows} rows; its manifest says {table.Rows}.");
        }
    }
}
