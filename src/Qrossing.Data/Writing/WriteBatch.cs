using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Writing;

/// <summary>
/// One transaction over many units: 1. begin; 2. every unit in a savepoint of its own; 3. positions, events and audit entries;
/// 4. commit; 5. positions are told to the events.
/// </summary>
internal sealed class WriteBatch(SqlEngine engine, IReadOnlyList<WriteUnit> units, IAuditSealer sealer, long epoch, DateTimeOffset now)
{
    private readonly PendingLog _log = new();

    /// <summary>Whether the COMMIT was on its way: a connection lost then leaves the outcome open.</summary>
    public bool Committing { get; private set; }

    /// <summary>Runs and commits the batch; the newest position of the log after it.</summary>
    public long Run(SqlChannel channel)
    {
        channel.Post(engine.BeginWrite);
        foreach (var unit in units)
        {
            RunUnit(channel, unit);
        }

        var before = LogTables.Write(channel, _log, sealer, epoch, now)
            ?? throw new StorageUnavailableException("Another process owns the database now; nothing was stored.") { Code = "storage.not_owner" };
        CrashPoint.Hit(WriterCrashPoints.BeforeCommit);
        Committing = true;
        channel.Execute("COMMIT");
        CrashPoint.Hit(WriterCrashPoints.AfterCommit);

        for (var i = 0; i < _log.Count; i++)
        {
            if (_log.Items[i].Event is { } logEvent)
            {
                logEvent.Position = before + 1 + i;
            }
        }

        return before + _log.Count;
    }

    private void RunUnit(SqlChannel channel, WriteUnit unit)
    {
        var mark = _log.Count;
        var session = new WriteSession(channel, _log, epoch, now);
        channel.BeginUnit();
        try
        {
            unit.Run(session);
            channel.KeepUnit();
        }
        catch (Exception exception) when (engine.Classify(exception) == SqlFailure.Statement)
        {
            // Whatever the unit threw is its caller's; the others of the batch go on.
            unit.Failure = exception;
            _log.Rewind(mark);
            channel.DropUnit();
        }
        finally
        {
            session.End();
        }
    }
}
