using System.Data.Common;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Writing;

/// <summary>Commits batches one after the other over one connection, and keeps going after failures of the storage.</summary>
internal sealed class WriterLoop(SqlEngine engine, SqlOwnership ownership, IAuditSealer sealer, LogHead head, TimeProvider clock, ILogger log) : IDisposable
{
    private const int CollisionLimit = 10;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(2);

    private SqlChannel? _channel;
    private StorageUnavailableException? _down;
    private long _downSince;
    private TimeSpan _backoff;

    /// <summary>Runs the units as one transaction and tells every caller how it went.</summary>
    public void Commit(List<WriteUnit> units)
    {
        if (Connect() is { } unavailable)
        {
            Fail(units, unavailable);
            return;
        }

        var careful = !engine.TriesWithoutSavepoints;
        for (var attempt = 1; ; attempt++)
        {
            var batch = new WriteBatch(engine, units, careful, sealer, ownership.Epoch, Micros.Truncate(clock.GetUtcNow()));
            try
            {
                if (batch.Run(_channel!) is not { } position)
                {
                    Disown(units);
                    return;
                }

                head.Advance(position);
                units.ForEach(static unit => unit.Complete());
                return;
            }
            catch (Exception exception)
            {
                var failure = engine.Classify(exception);
                TakeBack(failure);
                if (_channel is not null && failure == SqlFailure.Collision && attempt < CollisionLimit)
                {
                    continue;
                }

                if (_channel is not null && failure == SqlFailure.Statement && !careful)
                {
                    careful = true; // some unit failed: find out which one
                    continue;
                }

                Settle(units, exception, failure, batch.Committing);
                return;
            }
        }
    }

    public void Dispose() => _channel?.Dispose();

    private void Settle(List<WriteUnit> units, Exception exception, SqlFailure failure, bool duringCommit)
    {
        if (failure != SqlFailure.Statement)
        {
            DataLog.BatchFailed(log, units.Count, failure, exception);
            Fail(units, engine.Unavailable(exception, duringCommit));
        }
        else if (units.Count == 1)
        {
            units[0].Fail(exception);
        }
        else
        {
            // One unit's entry could not be written (its audit draft does not seal, say): alone, only the guilty one fails.
            foreach (var unit in units)
            {
                Commit([unit]);
            }
        }
    }

    private void Disown(List<WriteUnit> units)
    {
        TakeBack(SqlFailure.Statement);
        ownership.DeclareLost();
        DataLog.OwnershipLost(log);
        Fail(units, new StorageUnavailableException("Another process owns the database now; nothing was stored.") { Code = "storage.not_owner" });
    }

    private static void Fail(List<WriteUnit> units, StorageUnavailableException exception)
    {
        // Each caller gets an exception of its own: a shared one would gather all their stack traces.
        foreach (var unit in units)
        {
            unit.Fail(new StorageUnavailableException(exception.Message, exception) { Code = exception.Code, CommitUnknown = exception.CommitUnknown });
        }
    }

    private void TakeBack(SqlFailure failure)
    {
        try
        {
            if (failure != SqlFailure.Lost)
            {
                _channel!.Rollback();
                return;
            }
        }
        catch (DbException exception)
        {
            DataLog.RollbackFailed(log, exception);
        }

        _channel!.Dispose();
        _channel = null;
    }

    /// <summary>Opens the connection if it was lost. Within the backoff after a failure nobody waits: units fail at once.</summary>
    private StorageUnavailableException? Connect()
    {
        if (_channel is not null || (_down is not null && clock.GetElapsedTime(_downSince) < _backoff))
        {
            return _channel is null ? _down : null;
        }

        try
        {
            _channel = engine.OpenWriter();
            if (_channel.First(LogTables.ReadHead, static row => (long?)row.Long(), ownership.Epoch) is { } position)
            {
                head.Advance(position); // a commit whose answer was lost may have moved it
            }

            _down = null;
            return null;
        }
        catch (DbException exception)
        {
            _channel?.Dispose();
            _channel = null;
            _backoff = _down is null ? FirstBackoff : TimeSpan.FromTicks(Math.Min(_backoff.Ticks * 2, LongestBackoff.Ticks));
            _downSince = clock.GetTimestamp();
            _down = engine.Unavailable(exception, duringCommit: false);
            DataLog.ConnectFailed(log, exception);
            return _down;
        }
    }
}
