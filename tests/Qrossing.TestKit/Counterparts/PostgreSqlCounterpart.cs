using System.Globalization;
using Npgsql;
using Qrossing.TestKit.Processes;

namespace Qrossing.TestKit.Counterparts;

/// <summary>A private PostgreSQL server on 127.0.0.1, with its data in a temporary folder.</summary>
public sealed class PostgreSqlCounterpart : IAsyncDisposable
{
    private const int StartAttempts = 3;
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);

    private readonly BoundProcess _process;
    private readonly TemporaryFolder _folder;
    private readonly NpgsqlDataSource _maintenance;
    private int _databases;

    private PostgreSqlCounterpart(BoundProcess process, TemporaryFolder folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
        _maintenance = NpgsqlDataSource.Create(ConnectionStringFor("postgres"));
    }

    public int Port { get; }

    /// <param name="durable">True leaves fsync on.</param>
    public static async Task<PostgreSqlCounterpart> StartAsync(bool durable)
    {
        await Installation.EnsureAsync(Installation.PostgreSql);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartOnceAsync(durable);
            }
            catch (InvalidOperationException taken) when (attempt < StartAttempts && taken.Message.Contains("Address already in use", StringComparison.Ordinal))
            {
                // Another process won the port between our look and the server's bind: draw another one.
            }
        }
    }

    /// <summary>A new, empty database; disposing drops it.</summary>
    public async Task<PostgreSqlDatabase> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0");
        return new PostgreSqlDatabase(this, name, ConnectionStringFor(name));
    }

    public async ValueTask DisposeAsync()
    {
        await _maintenance.DisposeAsync();
        await _process.StopAsync(StopGrace, "INT"); // PostgreSQL's fast shutdown; TERM would wait for clients to leave.
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    internal async Task DropAsync(PostgreSqlDatabase database)
    {
        await using (var pooled = new NpgsqlConnection(database.ConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {database.Name} WITH (FORCE)");
    }

    private static async Task<PostgreSqlCounterpart> StartOnceAsync(bool durable)
    {
        using var deadline = new CancellationTokenSource(StartWithin, TimeProvider.System);
        var port = FreePort.Next();
        var folder = new TemporaryFolder("postgresql");
        var process = await BoundProcess.StartAsync(
            new BoundCommand(
                RepositoryRoot.Combine("eng", "counterparts", "postgresql.sh"),
                folder.Path,
                port.ToString(CultureInfo.InvariantCulture))
            {
                Scratch = folder.Path,
                Environment = new Dictionary<string, string?> { ["QROSSING_PG_DURABLE"] = durable ? "1" : null },
            },
            deadline.Token);
        try
        {
            await process.WaitForLineAsync(line => line.Contains("ready to accept connections", StringComparison.Ordinal), deadline.Token);
            var server = new PostgreSqlCounterpart(process, folder, port);
            await server.ExecuteAsync("SELECT 1");
            return server;
        }
        catch
        {
            await process.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    private string ConnectionStringFor(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = "qrossing",
        MaxPoolSize = 20,
    }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _maintenance.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
