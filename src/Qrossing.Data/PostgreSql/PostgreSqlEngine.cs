using System.Net.Sockets;
using DbUp;
using DbUp.Builder;
using Microsoft.Extensions.Logging;
using Npgsql;
using Qrossing.Core.Persistence;
using Qrossing.Data.Schema;
using Qrossing.Data.Sql;

namespace Qrossing.Data.PostgreSql;

/// <summary>The scaled-out engine. Rows only: no advisory locks, no snapshot functions, no LISTEN, so that compatible databases serve too.</summary>
internal sealed class PostgreSqlEngine : SqlEngine
{
    private const int AutoPrepare = 200;

    private readonly TimeProvider _clock;
    private readonly DatabaseClock? _databaseClock;
    private readonly ILogger<PostgreSqlEngine> _log;
    private readonly NpgsqlDataSource _readers;
    private readonly NpgsqlDataSource _writers;

    public PostgreSqlEngine(string connectionString, TimeProvider clock, DatabaseClock? databaseClock, ILogger<PostgreSqlEngine> log)
    {
        _clock = clock;
        _databaseClock = databaseClock;
        _log = log;
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.ApplicationName ??= "qrossing";
        settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, AutoPrepare);
        settings.AutoPrepareMinUsages = 2;
        _readers = NpgsqlDataSource.Create(settings);

        // The writer has one connection and wants to know at once that it is gone; a process that stands still inside a batch
        // must not hold log_head against its successor.
        settings.Pooling = false;
        settings.Timeout = 5;
        settings.CommandTimeout = 15;
        settings.Options = $"{settings.Options} -c idle_in_transaction_session_timeout=5000".TrimStart();
        _writers = NpgsqlDataSource.Create(settings);
    }

    public override string Name => "postgresql";

    public override string BeginWrite => "BEGIN";

    public override string BeginSnapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    public override bool TriesWithoutSavepoints => true;

    /// <summary>A server or database that is set to answer before the log is on disk would break "recorded before it is attempted".</summary>
    public override SqlChannel OpenWriter()
    {
        var channel = new PostgreSqlChannel(_writers.OpenConnection());
        channel.Post("SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'");
        channel.Flush();
        return channel;
    }

    public override async ValueTask<SqlLease> RentAsync(CancellationToken cancellationToken) =>
        new(new PostgreSqlChannel(await _readers.OpenConnectionAsync(cancellationToken)), static (channel, _) => channel.Dispose());

    /// <summary>By SQLSTATE class: 08 connection, 25 transaction state, 53 resources, 57 operator intervention, 58 and XX system; 40 collisions.</summary>
    public override SqlFailure Classify(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => SqlFailure.Full,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => SqlFailure.Collision,
        PostgresException postgres => postgres.SqlState[..2] is "08" or "25" or "53" or "57" or "58" or "XX" ? SqlFailure.Lost : SqlFailure.Statement,
        NpgsqlException or SocketException => SqlFailure.Lost,
        _ => SqlFailure.Statement,
    };

    public override async Task<SqlOwnership> TakeOwnershipAsync(CancellationToken cancellationToken)
    {
        var owner = $"process {Environment.ProcessId} on {Environment.MachineName}";
        var (epoch, now) = await PostgreSqlLease.TakeAsync(_readers, owner, _clock, cancellationToken);
        _databaseClock?.Anchor(now);
        return new PostgreSqlOwnership(_readers, epoch, _clock, _databaseClock, _log);
    }

    public override UpgradeEngineBuilder NewUpgrade() =>
        DeployChanges.To.PostgresqlDatabase(_writers.ConnectionString).JournalToPostgresqlTable(null, Migrations.Journal);

    /// <summary>Expand-then-contract scripts may run beside the old version.</summary>
    public override IDisposable? EnterMigration() => null;

    public override async Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken)
    {
        using var lease = await RentAsync(cancellationToken);
        return await lease.Channel.AllAsync(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1",
            static row => row.Text(),
            [],
            cancellationToken);
    }

    public override async Task<IReadOnlyList<SqlColumn>> ListColumnsAsync(string table, CancellationToken cancellationToken)
    {
        const string Columns =
            """
            SELECT c.column_name::text, c.data_type::text, CASE WHEN c.is_nullable = 'YES' THEN 1 ELSE 0 END::bigint, coalesce(k.ordinal_position, 0)::bigint
            FROM information_schema.columns c
            LEFT JOIN information_schema.table_constraints t
              ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY'
            LEFT JOIN information_schema.key_column_usage k
              ON k.constraint_schema = t.constraint_schema AND k.constraint_name = t.constraint_name AND k.column_name = c.column_name
            WHERE c.table_schema = current_schema() AND c.table_name = $1
            ORDER BY c.ordinal_position
            """;
        using var lease = await RentAsync(cancellationToken);
        return await lease.Channel.AllAsync(
            Columns,
            static row => new SqlColumn(
                row.Text(),
                row.Text() switch { "bigint" => SqlKind.Integer, "text" => SqlKind.Text, _ => SqlKind.Blob },
                row.Flag(),
                row.Int()),
            [table],
            cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        await _writers.DisposeAsync();
    }
}
