using Qrossing.Core.Audit;
using Qrossing.Data.Sql;
using Qrossing.Data.Stores;

namespace Qrossing.Data.Writing;

/// <summary>The end of a batch: takes the positions from <c>log_head</c> and writes the events and audit entries under them.</summary>
internal static class LogTables
{
    public const string FindEvent = "SELECT 1 FROM events WHERE tenant = $1 AND source = $2 AND id = $3";

    /// <summary>Where the log stands, while the epoch is still ours.</summary>
    public const string ReadHead = "SELECT position FROM log_head WHERE id = 1 AND epoch = $1";

    /// <summary>Fenced by the epoch: it finds no row once another process owns the database.</summary>
    private const string Take = "UPDATE log_head SET position = position + $1, leaves = leaves + $2 WHERE id = 1 AND epoch = $3 RETURNING position, leaves";

    /// <summary>Numbers and writes what the batch appended.</summary>
    /// <returns>The position before the batch's first; null when another process owns the database.</returns>
    public static long? Write(SqlChannel channel, PendingLog log, IAuditSealer sealer, long epoch, DateTimeOffset now)
    {
        var head = channel.First<(long Position, long Leaves)?>(Take, static row => (row.Long(), row.Long()), log.Count, log.Leaves, epoch);
        if (head is not { } taken)
        {
            return null;
        }

        var before = taken.Position - log.Count;
        channel.PostMany(EventStore.InsertSql, EventRows(log, before));
        channel.PostMany(AuditStore.InsertSql, AuditRows(log, sealer, before, taken.Leaves - log.Leaves, now));
        channel.Flush();
        return before;
    }

    private static IEnumerable<SqlValue[]> EventRows(PendingLog log, long position)
    {
        foreach (var (logEvent, _) in log.Items)
        {
            position++;
            if (logEvent is not null)
            {
                yield return EventStore.RowOf(logEvent, position);
            }
        }
    }

    private static IEnumerable<SqlValue[]> AuditRows(PendingLog log, IAuditSealer sealer, long position, long leaf, DateTimeOffset now)
    {
        foreach (var (_, draft) in log.Items)
        {
            position++;
            if (draft is not null)
            {
                yield return AuditStore.RowOf(draft, leaf++, position, now, sealer.Seal(draft, position, now));
            }
        }
    }
}
