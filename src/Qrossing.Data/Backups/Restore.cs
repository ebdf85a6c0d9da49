using System.Text.Json;
using Qrossing.Core.Connectors.Files;
using Qrossing.Core.Persistence;
using Qrossing.Data.Schema;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Backups;

/// <summary>
/// Reads a backup into an empty database of either engine and marks the database as restored, so that nothing is sent before every
/// open effect was looked up (effects, Growth and restore).
/// </summary>
public sealed class Restore
{
    /// <summary>More events than a gateway logs between its backup and its loss: at 1,000 a second eleven days' worth.</summary>
    internal const long PositionGap = 1_000_000_000;

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
    /// 1. Checks the manifest and every file's hash; 2. refuses a database or directory that is in use, unless an earlier restore into them was cut
    /// short; 3. makes the schema as it was; 4. sets the mark; 5. copies root key and directories; 6. loads all tables and marks them as restored in one
    /// transaction; 7. brings the schema up to date; 8. removes the mark.
    /// </summary>
    /// <exception cref="InvalidDataException">The backup is incomplete or damaged, or of a newer version.</exception>
    /// <exception cref="InvalidOperationException">The database is not empty, or a file to be written exists.</exception>
    public async Task<BackupManifest> ReadAsync(RestoreOptions options, CancellationToken cancellationToken)
    {
        var manifest = await CheckAsync(options.Directory, cancellationToken);
        var again = File.Exists(options.MarkFile);
        if (!again)
        {
            CheckTargets(options, manifest);
        }

        using (_engine.EnterMigration())
        {
            if (!again)
            {
                await CheckEmptyAsync(cancellationToken);
            }

            await Task.Run(() => Migrations.Run(_engine, manifest.Schema), cancellationToken);
            await CheckLayoutAsync(manifest, cancellationToken);
            SetMark(options);
            await CopyFilesAsync(options, manifest, cancellationToken);
            CrashPoint.Hit(RestoreCrashPoints.BeforeLoad);
            await Task.Run(() => Load(options.Directory, manifest, cancellationToken), cancellationToken);
            await Task.Run(() => Migrations.Run(_engine), cancellationToken);
        }

        CrashPoint.Hit(RestoreCrashPoints.AfterLoad);
        File.Delete(options.MarkFile);
        DirectorySync.Flush(Path.GetDirectoryName(options.MarkFile)!);
        return manifest;
    }

    private static void SetMark(RestoreOptions options)
    {
        BackupFiles.MakeDirectory(Path.GetDirectoryName(options.MarkFile)!);
        File.WriteAllText(options.MarkFile, "A restore began here and has not ended. Run it again.\n");
        DirectorySync.Flush(Path.GetDirectoryName(options.MarkFile)!);
    }

    /// <summary>What an earlier restore left half-copied is cleared first: the checks before the mark have shown that nothing else was there.</summary>
    private static async Task CopyFilesAsync(RestoreOptions options, BackupManifest manifest, CancellationToken cancellationToken)
    {
        if (options.RootKeyFile is { } rootKey)
        {
            if (File.Exists(rootKey))
            {
                File.Delete(rootKey);
            }

            await BackupFiles.CopyAsync(Path.Combine(options.Directory, Backup.RootKeyName), rootKey, cancellationToken);
        }

        foreach (var tree in options.Trees)
        {
            if (Directory.Exists(tree.Directory))
            {
                Directory.Delete(tree.Directory, recursive: true);
            }

            var prefix = tree.Name + "/";
            foreach (var file in manifest.Files.Where(file => file.Path.StartsWith(prefix, StringComparison.Ordinal)))
            {
                await BackupFiles.CopyAsync(Path.Combine(options.Directory, file.Path), Path.Combine(tree.Directory, file.Path[prefix.Length..]), cancellationToken);
            }
        }
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

        foreach (var tree in options.Trees)
        {
            if (Directory.Exists(tree.Directory) && Directory.EnumerateFileSystemEntries(tree.Directory).Any())
            {
                throw new InvalidOperationException($"The directory {tree.Directory} is not empty.");
            }
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

        // Positions that were given out after the backup was taken are never given out again: readers that hold one see only what is new.
        channel.Execute(
            "UPDATE log_head SET restored_at = $1, position = position + $2, owner = NULL, lease_until = NULL WHERE id = 1",
            Micros.Truncate(_clock.GetUtcNow()),
            PositionGap);
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
