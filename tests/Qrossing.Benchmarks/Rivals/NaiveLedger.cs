using Microsoft.Data.Sqlite;

namespace Qrossing.Benchmarks.Rivals;

/// <summary>
/// What one would write first: the same tables on the same SQLite settings, one transaction for the recording and one for the result of each
/// effect, one connection behind a lock. No hashes, no encryption, no tree.
/// </summary>
internal sealed class NaiveLedger : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly byte[] _payload = new byte[300];
    private long _number;

    public NaiveLedger(string directory)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "naive.db"), Pooling = false }.ConnectionString);
        _connection.Open();
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;");
        Run("""
            CREATE TABLE effects (id TEXT PRIMARY KEY, phase TEXT, request BLOB, result BLOB, version INTEGER);
            CREATE TABLE keys (key TEXT PRIMARY KEY, effect TEXT, answer BLOB);
            CREATE TABLE events (position INTEGER PRIMARY KEY, id TEXT UNIQUE, type TEXT, effect TEXT, data BLOB);
            CREATE INDEX events_by_effect ON events (effect);
            CREATE TABLE audit (leaf INTEGER PRIMARY KEY, action TEXT, subject TEXT, entry BLOB);
            CREATE INDEX audit_by_subject ON audit (subject);
            """);
    }

    /// <summary>Effects recorded and finished a second, so many callers at once.</summary>
    public async Task<double> RunAsync(int callers, TimeSpan duration)
    {
        var began = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var count = 0L;
            while (TimeProvider.System.GetElapsedTime(began) < duration)
            {
                await EffectAsync();
                count++;
            }

            return count;
        })));
        return counts.Sum() / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _gate.Dispose();
    }

    private async Task EffectAsync()
    {
        var number = Interlocked.Increment(ref _number);
        var id = $"eff_{number:D26}";
        await CommitAsync(id, $"key-{number}", number * 4, isFirst: true);
        await CommitAsync(id, $"key-{number}", (number * 4) + 2, isFirst: false);
    }

    private async Task CommitAsync(string id, string key, long position, bool isFirst)
    {
        await _gate.WaitAsync();
        try
        {
            Run("BEGIN IMMEDIATE");
            if (isFirst)
            {
                Run("INSERT INTO effects VALUES ($1, 'sending', $2, NULL, 1)", id, _payload);
                Run("INSERT INTO keys VALUES ($1, $2, NULL)", key, id);
            }
            else
            {
                Run("UPDATE effects SET phase = 'succeeded', result = $2, version = 2 WHERE id = $1 AND version = 1", id, _payload);
                Run("UPDATE keys SET answer = $2 WHERE key = $1", key, _payload);
            }

            Run("INSERT INTO events VALUES ($1, $2, 'effects', $3, $4)", position, $"evt_{position}", id, _payload);
            Run("INSERT INTO audit VALUES ($1, 'effects', $2, $3)", position, id, _payload);
            Run("COMMIT");
        }
        finally
        {
            _gate.Release();
        }
    }

    private readonly Dictionary<string, SqliteCommand> _commands = [];

    private void Run(string sql, params object[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }
}
