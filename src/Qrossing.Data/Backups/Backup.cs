using System.Text.Json;
using Qrossing.Data.Schema;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Backups;

/// <summary>
/// Takes a consistent backup while the gateway runs: one snapshot of all tables, in the form that <see cref="BackupManifest"/> describes,
/// with the root key and the directories that belong to the database when asked. Needs no ownership.
/// </summary>
public sealed class Backup
{
    private const string TablesFolder = "tables";
    internal const string RootKeyName = "root.key";

    private readonly SqlEngine _engine;
    private readonly TimeProvider _clock;

    internal Backup(SqlEngine engine, TimeProvider clock)
    {
        _engine = engine;
        _clock = clock;
    }

    /// <summary>Writes the backup: 1. tables; 2. root key; 3. directories, with all that the snapshot's rows name; 4. hashes and manifest.</summary>
    /// <exception cref="InvalidOperationException">The directory is not empty, or the database is not one of ours.</exception>
    public async Task<BackupManifest> WriteAsync(BackupOptions options, CancellationToken cancellationToken)
    {
        BackupFiles.EnterEmpty(options.Directory);
        var layouts = await ReadLayoutsAsync(cancellationToken);

        var manifest = await WriteTablesAsync(options.Directory, layouts, cancellationToken);
        if (options.RootKeyFile is { } rootKey)
        {
            await BackupFiles.CopyAsync(rootKey, Path.Combine(options.Directory, RootKeyName), cancellationToken);
        }

        foreach (var tree in options.Trees.Where(static tree => Directory.Exists(tree.Directory)))
        {
            await BackupFiles.CopyTreeAsync(tree.Directory, Path.Combine(options.Directory, tree.Name), cancellationToken);
        }

        var files = new List<BackupFile>();
        foreach (var path in Directory.EnumerateFiles(options.Directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            files.Add(await BackupFiles.DescribeAsync(options.Directory, Path.GetRelativePath(options.Directory, path), cancellationToken));
        }

        manifest = manifest with { Files = files };
        var partial = Path.Combine(options.Directory, $"{BackupManifest.FileName}.partial");
        await using (var file = BackupFiles.Create(partial))
        {
            await JsonSerializer.SerializeAsync(file, manifest, BackupManifest.Json, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, Path.Combine(options.Directory, BackupManifest.FileName));
        return manifest;
    }

    private async Task<Dictionary<string, IReadOnlyList<SqlColumn>>> ReadLayoutsAsync(CancellationToken cancellationToken)
    {
        var layouts = new Dictionary<string, IReadOnlyList<SqlColumn>>();
        foreach (var table in await _engine.ListTablesAsync(cancellationToken))
        {
            if (table != Migrations.Journal)
            {
                layouts[table] = await _engine.ListColumnsAsync(table, cancellationToken);
            }
        }

        return layouts.ContainsKey("log_head") ? layouts : throw new InvalidOperationException("The database has no schema yet; there is nothing to back up.");
    }

    private async Task<BackupManifest> WriteTablesAsync(
        string directory, Dictionary<string, IReadOnlyList<SqlColumn>> layouts, CancellationToken cancellationToken)
    {
        using var lease = await _engine.RentAsync(cancellationToken);
        var channel = lease.Channel;
        channel.Execute(_engine.BeginSnapshot);
        try
        {
            var tables = new List<BackupTable>();
            foreach (var (table, columns) in layouts)
            {
                var path = $"{TablesFolder}/{table}.jsonl";
                await using var file = BackupFiles.Create(Path.Combine(directory, path));
                var rows = await Task.Run(() => TableLines.Write(ReadTable(channel, table, columns), file, cancellationToken), cancellationToken);
                file.Flush(flushToDisk: true);
                tables.Add(new BackupTable(table, path, rows, [.. columns.Select(TableLines.Describe)]));
            }

            return new BackupManifest
            {
                Format = BackupManifest.CurrentFormat,
                Engine = _engine.Name,
                Schema = channel.First("SELECT max(scriptname) FROM schema_versions", static row => row.Text())!,
                CreatedAt = _clock.GetUtcNow(),
                Position = channel.First("SELECT position FROM log_head WHERE id = 1", static row => row.Long()),
                Tables = tables,
                Files = [],
            };
        }
        finally
        {
            channel.Rollback(); // it only read
        }
    }

    private static IEnumerable<SqlValue[]> ReadTable(SqlChannel channel, string table, IReadOnlyList<SqlColumn> columns)
    {
        var names = string.Join(", ", columns.Select(static column => column.Name));
        var key = string.Join(", ", columns.Where(static column => column.KeyOrdinal > 0).OrderBy(static column => column.KeyOrdinal).Select(static column => column.Name));
        return channel.Stream(
            $"SELECT {names} FROM {table} ORDER BY {key}",
            row => columns.Select(column => row.Value(column.Kind)).ToArray());
    }
}
