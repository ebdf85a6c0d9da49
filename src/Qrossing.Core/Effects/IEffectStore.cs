using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects;

/// <summary>The effect ledger's rows.</summary>
public interface IEffectStore
{
    /// <summary>One effect; null when the tenant has none of this id.</summary>
    ValueTask<Effect?> GetAsync(TenantId tenant, EffectId id, CancellationToken cancellationToken);

    /// <summary>Newest first; filters narrow (null: all).</summary>
    ValueTask<Page<Effect>> ListAsync(TenantId tenant, EffectListFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>An effect's attempts in order, at most 200 (the newest when there are more).</summary>
    ValueTask<IReadOnlyList<EffectAttempt>> ListAttemptsAsync(TenantId tenant, EffectId id, CancellationToken cancellationToken);

    /// <summary>Effects of all tenants that are due (<c>NextActionAt</c> at or before <paramref name="now"/>) or hang in <c>sending</c> under a claim of an older epoch, oldest first. Reads a partial index of what is not at rest: cost does not grow with history.</summary>
    ValueTask<IReadOnlyList<Effect>> ListDueAsync(DateTimeOffset now, long epoch, int limit, CancellationToken cancellationToken);

    /// <summary>When the next effect becomes due; null when none waits.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    /// <summary>What is not at rest by phase, the oldest unknown and the most overdue action: for metrics and alerts.</summary>
    ValueTask<EffectTotals> TotalsAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The record of a caller's key; null when it was never used.</summary>
    ValueTask<IdempotencyRecord?> FindKeyAsync(TenantId tenant, string client, string key, CancellationToken cancellationToken);

    /// <summary>The effect as this unit sees it.</summary>
    Effect? Get(IWriteSession session, TenantId tenant, EffectId id);

    /// <summary>The record of a caller's key as this unit sees it.</summary>
    IdempotencyRecord? FindKey(IWriteSession session, TenantId tenant, string client, string key);

    /// <summary>Inserts an effect.</summary>
    void Insert(IWriteSession session, Effect effect);

    /// <summary>Writes an effect over the row that still has <paramref name="expectedVersion"/>; false when it has another.</summary>
    bool TryUpdate(IWriteSession session, Effect effect, long expectedVersion);

    /// <summary>Inserts or completes an attempt (by number).</summary>
    void PutAttempt(IWriteSession session, EffectAttempt attempt);

    /// <summary>Inserts a caller's key. The unit fails when it exists: read first.</summary>
    void InsertKey(IWriteSession session, IdempotencyRecord record);

    /// <summary>Stores the final answer with every key of this effect that has none yet.</summary>
    void StoreAnswer(IWriteSession session, TenantId tenant, EffectId effect, StoredAnswer answer);

    /// <summary>Sets <c>NextActionAt</c> of all effects that wait for <paramref name="waitsFor"/> on a connection.</summary>
    void Wake(IWriteSession session, TenantId tenant, string connection, string waitsFor, DateTimeOffset at);
}
