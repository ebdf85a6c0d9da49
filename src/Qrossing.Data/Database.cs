using Microsoft.Extensions.Logging;
using Qrossing.Core.Persistence;
using Qrossing.Data.Schema;
using Qrossing.Data.Sql;
using Qrossing.Data.Writing;

namespace Qrossing.Data;

/// <summary>The database as a whole: schema, ownership, and the life of the writer.</summary>
internal sealed class Database(SqlEngine engine, SqlReads reads, Writer writer, ILogger<Database> log) : IDatabase, IAsyncDisposable
{
    private SqlOwnership? _ownership;

    public string Engine => engine.Name;

    public long Epoch => _ownership?.Epoch ?? 0;

    public CancellationToken OwnershipLost => _ownership?.Lost ?? CancellationToken.None;

    /// <summary>DbUp is synchronous; the caller's thread is not kept.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        using (engine.EnterMigration())
        {
            await Task.Run(() => Migrations.Run(engine), cancellationToken);
        }
    }

    public Task<string?> CheckSchemaAsync(CancellationToken cancellationToken) => Migrations.CheckAsync(engine, reads, cancellationToken);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_ownership is not null)
        {
            throw new InvalidOperationException("The database is open already.");
        }

        if (await CheckSchemaAsync(cancellationToken) is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        _ownership = await engine.TakeOwnershipAsync(cancellationToken);
        await writer.StartAsync(_ownership, cancellationToken);
        DataLog.Opened(log, Epoch);
    }

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await writer.StopAsync();
        if (Interlocked.Exchange(ref _ownership, null) is { } ownership)
        {
            await ownership.DisposeAsync();
        }
    }

    public async Task<bool> PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await reads.FirstAsync("SELECT 1 FROM log_head WHERE id = 1", static _ => true, [], cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    public async Task<DateTimeOffset?> RestoredAtAsync(CancellationToken cancellationToken) =>
        await reads.FirstAsync("SELECT restored_at FROM log_head WHERE id = 1", static row => row.TimeOrNull(), [], cancellationToken);

    public void ClearRestored(IWriteSession session) =>
        WriteSession.ChannelOf(session).Execute("UPDATE log_head SET restored_at = NULL WHERE id = 1");

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(CancellationToken.None);
        await engine.DisposeAsync();
    }
}
