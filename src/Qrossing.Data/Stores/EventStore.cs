using Qrossing.Abstractions.Values;
using Qrossing.Core.Events;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Stores;

/// <summary>Reads the event log; the writer writes it.</summary>
internal sealed class EventStore(SqlReads reads) : IEventStore
{
    private const string Columns =
        "tenant, position, source, id, type, subject, time, data_content_type, data_schema, partition_key, effect, extensions, data";

    private const string Select = $"SELECT {Columns} FROM events";

    public static readonly string InsertSql = SqlText.Insert("events", Columns);

    public static SqlValue[] RowOf(LogEvent logEvent, long position) =>
    [
        logEvent.Tenant, position, logEvent.Source, logEvent.Id, logEvent.Type, logEvent.Subject, logEvent.Time, logEvent.DataContentType,
        logEvent.DataSchema, logEvent.PartitionKey, logEvent.EffectId, logEvent.Extensions, logEvent.Data,
    ];

    public async ValueTask<IReadOnlyList<LogEvent>> ReadAsync(TenantId tenant, long after, int limit, EventFilter filter, CancellationToken cancellationToken)
    {
        List<SqlValue> values = [tenant, after, limit];
        var sql = $"{Select} WHERE tenant = $1 AND position > $2";
        if (filter.Subject is { } subject)
        {
            values.Add(subject);
            sql += $" AND subject = ${values.Count}";
        }

        if (filter.Types.Count > 0 && !filter.Types.Contains("*"))
        {
            sql += $" AND ({string.Join(" OR ", filter.Types.Select(pattern => TypeCondition(pattern, values)))})";
        }

        return await reads.AllAsync($"{sql} ORDER BY position LIMIT $3", Read, [.. values], cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LogEvent>> ReadByEffectAsync(TenantId tenant, EffectId effect, CancellationToken cancellationToken) =>
        await reads.AllAsync($"{Select} WHERE tenant = $1 AND effect = $2 ORDER BY position", Read, [tenant, effect], cancellationToken);

    public ValueTask<LogEvent?> FindAsync(TenantId tenant, string source, string id, CancellationToken cancellationToken) =>
        reads.FirstAsync<LogEvent>($"{Select} WHERE tenant = $1 AND source = $2 AND id = $3", Read, [tenant, source, id], cancellationToken);

    public ValueTask<long> HeadAsync(CancellationToken cancellationToken) =>
        reads.FirstAsync("SELECT position FROM log_head WHERE id = 1", static row => row.Long(), [], cancellationToken);

    /// <summary><c>x.*</c> is the range from <c>x.</c> up to, but without, <c>x/</c>: the character after the full stop.</summary>
    private static string TypeCondition(string pattern, List<SqlValue> values)
    {
        if (!pattern.EndsWith(".*", StringComparison.Ordinal))
        {
            values.Add(pattern);
            return $"type = ${values.Count}";
        }

        values.Add(pattern[..^1]);
        values.Add($"{pattern[..^2]}/");
        return $"(type >= ${values.Count - 1} AND type < ${values.Count})";
    }

    private static LogEvent Read(SqlRow row)
    {
        var tenant = row.Tenant();
        var position = row.Long();
        return new LogEvent
        {
            Tenant = tenant,
            Source = row.Text(),
            Id = row.Text(),
            Type = row.Text(),
            Subject = row.TextOrNull(),
            Time = row.TimeOrNull(),
            DataContentType = row.TextOrNull(),
            DataSchema = row.TextOrNull(),
            PartitionKey = row.TextOrNull(),
            EffectId = row.IdOrNull<EffectId>(),
            Extensions = row.BytesOrNull(),
            Data = row.BytesOrNull(),
            Position = position,
        };
    }
}
