using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects;

/// <summary>The effect ledger's rows.</summary>
public interface IEffectStore
{
    /// <summary>One effect; null when the tenant has none of this id.</summary>
    ValueTask<Effect?> GetAsync(TenantId tenant, EffectId id, CancellationToken cancellationToken);

    /// <summary>Newest first; filters narrow (null: all). Without requests and prepared calls, and without results of more than 4 KiB: a list stays small whatever its effects carry.</summary>
    ValueTask<Page<Effect>> ListAsync(TenantId tenant, EffectListFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>An effect's attempts in order, at most 200 (the newest when there are more).</summary>
    ValueTask<IReadOnlyList<EffectAttempt>> ListAttemptsAsync(TenantId tenant, EffectId id, CancellationToken cancellationToken);

    /// <summary>Effects of all tenants that are due (<c>NextActionAt</c> at or before <paramref name="now"/>) and do not go through a connection of <paramref name="except"/> (at most 8), or hang in <c>sending</c> under a claim of an older epoch, oldest first. Reads a partial index of what is not at rest: cost does not grow with history.</summary>
    ValueTask<IReadOnlyList<EffectHandle>> ListDueAsync(DateTimeOffset now, long epoch, IReadOnlyList<string> except, int limit, CancellationToken cancellationToken);

    /// <summary>Effects of all tenants that are not at rest, in the order of tenant and id, after the one named.</summary>
    ValueTask<IReadOnlyList<EffectHandle>> ListOpenAsync(TenantId? afterTenant, EffectId? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>When the next effect becomes due that does not go through a connection of <paramref name="except"/> (at most 8); null when none waits.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(IReadOnlyList<string> except, CancellationToken cancellationToken);

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

    /// <summary>
    /// Inserts or completes an attempt (by number). A lookup that shows what the one before it showed extends that one: watching something for days
    /// costs no rows. Returns the number it has.
    /// </summary>
    int PutAttempt(IWriteSession session, EffectAttempt attempt);

    /// <summary>Inserts a caller's key. The unit fails when it exists: read first.</summary>
    void InsertKey(IWriteSession session, IdempotencyRecord record);

    /// <summary>Stores the final answer with every key of this effect; null takes it back (the effect goes on after all).</summary>
    void StoreAnswer(IWriteSession session, TenantId tenant, EffectId effect, StoredAnswer? answer);

    /// <summary>Sets <c>NextActionAt</c> of all effects that wait for <paramref name="waitsFor"/> on a connection.</summary>
    void Wake(IWriteSession session, TenantId tenant, string connection, string waitsFor, DateTimeOffset at);
}
