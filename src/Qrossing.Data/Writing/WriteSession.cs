using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Writing;

/// <summary>
/// One unit's view of the batch's transaction. Unless <paramref name="looksUpAll"/>, an event whose id is one of ours is taken to be new
/// without a look-up; the unique index finds out if it was not, and the batch then runs again with look-ups.
/// </summary>
internal sealed class WriteSession(SqlChannel channel, PendingLog log, bool looksUpAll, long epoch, DateTimeOffset now) : IWriteSession
{
    private bool _dead;

    public long Epoch => epoch;

    public DateTimeOffset Now => now;

    /// <summary>The connection behind a session, for the stores.</summary>
    public static SqlChannel ChannelOf(IWriteSession session)
    {
        var own = session as WriteSession ?? throw new ArgumentException("The session is not one of this database's writer.", nameof(session));
        own.ThrowIfDead();
        return own.Channel;
    }

    public bool Append(LogEvent logEvent)
    {
        ThrowIfDead();
        return !log.Contains(logEvent)
            && !IsStored(logEvent)
            && log.Add(logEvent);
    }

    public void Append(AuditDraft draft)
    {
        ThrowIfDead();
        log.Add(draft);
    }

    /// <summary>The unit has returned: whoever kept the session must not use it any more.</summary>
    public void End() => _dead = true;

    private SqlChannel Channel => channel;

    private bool IsStored(LogEvent logEvent) =>
        (looksUpAll || !IdText.TryParse<EventId>(logEvent.Id, out _))
        && channel.Any(LogTables.FindEvent, logEvent.Tenant, logEvent.Source, logEvent.Id);

    private void ThrowIfDead()
    {
        if (_dead)
        {
            throw new InvalidOperationException("The unit has ended; its session must not be used after it.");
        }
    }
}
