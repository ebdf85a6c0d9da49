using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Writing;

/// <summary>
/// One transaction over many units: 1. begin; 2. every unit, <paramref name="careful"/> in a savepoint of its own; 3. positions, events
/// and audit entries; 4. commit; 5. positions are told to the events. Without care whatever a unit throws ends the batch.
/// </summary>
internal sealed class WriteBatch(
    SqlEngine engine, IReadOnlyList<WriteUnit> units, bool careful, IAuditSealer sealer, long epoch, DateTimeOffset now)
{
    private readonly PendingLog _log = new();

    /// <summary>Whether the COMMIT was on its way: a connection lost then leaves the outcome open.</summary>
    public bool Committing { get; private set; }

    /// <summary>Runs and commits the batch.</summary>
    /// <returns>The newest position of the log after it; null, with nothing committed, when another process owns the database.</returns>
    public long? Run(SqlChannel channel)
    {
        channel.Post(engine.BeginWrite);
        foreach (var unit in units)
        {
            RunUnit(channel, unit);
        }

        if (LogTables.Write(channel, _log, sealer, epoch, now) is not { } before)
        {
            return null;
        }

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
        var session = new WriteSession(channel, _log, careful, epoch, now);
        try
        {
            if (careful)
            {
                RunInSavepoint(channel, unit, session);
            }
            else
            {
                unit.Run(session);
            }
        }
        finally
        {
            session.End();
        }
    }

    private void RunInSavepoint(SqlChannel channel, WriteUnit unit, WriteSession session)
    {
        var mark = _log.Count;
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
    }
}
