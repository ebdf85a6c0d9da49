using System.Collections.Concurrent;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Sqlite;

/// <summary>Read-only connections, opened when first needed and kept with their prepared statements. Who finds none free waits.</summary>
internal sealed class SqliteReadPool(int size, Func<SqlChannel> open) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(size);
    private readonly ConcurrentStack<SqlChannel> _idle = [];
    private volatile bool _closed;

    public async ValueTask<SqlLease> RentAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return new SqlLease(_idle.TryPop(out var channel) ? channel : open(), GiveBack);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <summary>Closes what is idle; what is lent out is closed when it comes back.</summary>
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryPop(out var channel))
        {
            channel.Dispose();
        }
    }

    private void GiveBack(SqlChannel channel, bool broken)
    {
        if (broken || _closed)
        {
            channel.Dispose();
        }
        else
        {
            _idle.Push(channel);
        }

        _slots.Release();
    }
}
