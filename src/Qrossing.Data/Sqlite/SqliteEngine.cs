using DbUp;
using DbUp.Builder;
using Microsoft.Data.Sqlite;
using Qrossing.Data.Schema;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Sqlite;

/// <summary>The embedded engine: one file beside the process, write-ahead log, every commit synced.</summary>
internal sealed class SqliteEngine : SqlEngine
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Set on every connection, because SQLite keeps most of them per connection. <c>synchronous=FULL</c> syncs the log at each commit;
    /// the journal limit gives the disk back after a burst. A checkpoint at 16 MiB of log in place of 4 copies a page that changed often less often.
    /// </summary>
    private const string Pragmas =
        "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; "
        + "PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 4096;";

    private readonly string _directory;
    private readonly SqliteReadPool _pool;
    private bool _owned;

    public SqliteEngine(string directory)
    {
        _directory = Path.GetFullPath(directory);
        _pool = new SqliteReadPool(Math.Max(4, Environment.ProcessorCount * 2), OpenReader);
    }

    public override string Name => "sqlite";

    /// <summary>Takes the write lock now: a deferred transaction could fail at its first write.</summary>
    public override string BeginWrite => "BEGIN IMMEDIATE";

    public override string BeginSnapshot => "BEGIN";

    /// <summary>
    /// No round trip here, but a savepoint copies every page that its unit changes, and savepoints and look-ups are statements that almost every
    /// batch can do without.
    /// </summary>
    public override bool TriesWithoutSavepoints => true;

    public override SqlChannel OpenWriter() => new SqliteChannel(Connect(SqliteOpenMode.ReadWrite));

    public override ValueTask<SqlLease> RentAsync(CancellationToken cancellationToken) => _pool.RentAsync(cancellationToken);

    public override SqlFailure Classify(Exception exception) => (exception as SqliteException)?.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL => SqlFailure.Full,
        SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CANTOPEN
            or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_NOMEM or SQLitePCL.raw.SQLITE_BUSY => SqlFailure.Lost,
        _ => SqlFailure.Statement,
    };

    public override Task<SqlOwnership> TakeOwnershipAsync(CancellationToken cancellationToken)
    {
        var lockFile = TakeLock();
        try
        {
            using var channel = OpenWriter();
            var epoch = channel.First(
                "UPDATE log_head SET epoch = epoch + 1, owner = $1 WHERE id = 1 RETURNING epoch",
                static row => row.Long(),
                $"process {Environment.ProcessId}");
            _owned = true;
            return Task.FromResult<SqlOwnership>(new SqliteOwnership(epoch, lockFile, () => _owned = false));
        }
        catch
        {
            lockFile.Dispose();
            throw;
        }
    }

    /// <summary>The file is made here, so that nothing but a migration (or a restore, through one) makes a database.</summary>
    public override UpgradeEngineBuilder NewUpgrade()
    {
        using (var connection = Connect(SqliteOpenMode.ReadWriteCreate))
        {
            Run(connection, "PRAGMA journal_mode = WAL"); // stays with the file
        }

        return DeployChanges.To.SqliteDatabase(ConnectionString(SqliteOpenMode.ReadWrite)).JournalToSqliteTable(Migrations.Journal);
    }

    public override IDisposable? EnterMigration() => _owned ? null : TakeLock();

    public override async Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(DatabasePath))
        {
            return [];
        }

        using var lease = await RentAsync(cancellationToken);
        return await lease.Channel.AllAsync(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
            static row => row.Text(),
            [],
            cancellationToken);
    }

    public override async Task<IReadOnlyList<SqlColumn>> ListColumnsAsync(string table, CancellationToken cancellationToken)
    {
        using var lease = await RentAsync(cancellationToken);
        return await lease.Channel.AllAsync(
            "SELECT name, type, \"notnull\", pk FROM pragma_table_info($1) ORDER BY cid",
            static row => new SqlColumn(
                row.Text(),
                row.Text() switch { "INTEGER" => SqlKind.Integer, "TEXT" => SqlKind.Text, _ => SqlKind.Blob },
                !row.Flag(),
                row.Int()),
            [table],
            cancellationToken);
    }

    public override ValueTask DisposeAsync()
    {
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }

    private string DatabasePath => Path.Combine(_directory, "qrossing.db");

    private SqliteLockFile TakeLock()
    {
        Directory.CreateDirectory(_directory);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_directory, OwnerOnly); // also when it was there before
        }

        return SqliteLockFile.Take(Path.Combine(_directory, "qrossing.lock"));
    }

    private SqliteChannel OpenReader() => new(Connect(SqliteOpenMode.ReadOnly));

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(ConnectionString(mode));
        try
        {
            connection.Open();
            Run(connection, Pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>No pooling: the writer and the read pool keep their connections, and a closed database must let its files go.</summary>
    private string ConnectionString(SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = DatabasePath,
        Mode = mode,
        Pooling = false,
    }.ConnectionString;
}
