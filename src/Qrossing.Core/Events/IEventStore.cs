using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Events;

/// <summary>Reads the event log. It is written through <see cref="Persistence.IWriteSession.Append(LogEvent)"/> only.</summary>
public interface IEventStore
{
    /// <summary>Events after a position in order, at most <paramref name="limit"/>; filters narrow.</summary>
    ValueTask<IReadOnlyList<LogEvent>> ReadAsync(TenantId tenant, long after, int limit, EventFilter filter, CancellationToken cancellationToken);

    /// <summary>Events of one effect in order.</summary>
    ValueTask<IReadOnlyList<LogEvent>> ReadByEffectAsync(TenantId tenant, EffectId effect, CancellationToken cancellationToken);

    /// <summary>The event at (tenant, source, id); null when there is none.</summary>
    ValueTask<LogEvent?> FindAsync(TenantId tenant, string source, string id, CancellationToken cancellationToken);

    /// <summary>The newest committed position.</summary>
    ValueTask<long> HeadAsync(CancellationToken cancellationToken);
}
