using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Webhooks;

/// <summary>Subscriptions and their deliveries.</summary>
public interface ISubscriptionStore
{
    /// <summary>One subscription; null when the tenant has none of this id.</summary>
    ValueTask<Subscription?> GetAsync(TenantId tenant, SubscriptionId id, CancellationToken cancellationToken);

    /// <summary>A tenant's subscriptions, newest first.</summary>
    ValueTask<Page<Subscription>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken);

    /// <summary>All active subscriptions of all tenants, for the delivery engine.</summary>
    ValueTask<IReadOnlyList<Subscription>> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>The subscription as this unit sees it.</summary>
    Subscription? Get(IWriteSession session, TenantId tenant, SubscriptionId id);

    /// <summary>Inserts a subscription.</summary>
    void Insert(IWriteSession session, Subscription subscription);

    /// <summary>Writes all but the cursor over the row that still has <paramref name="expectedVersion"/>; false when it has another.</summary>
    bool TryUpdate(IWriteSession session, Subscription subscription, long expectedVersion);

    /// <summary>Deletes a subscription and its deliveries that have not ended; false when there is none.</summary>
    bool Delete(IWriteSession session, TenantId tenant, SubscriptionId id);

    /// <summary>Moves the cursor forward (never back) and sets <c>FailingSince</c>.</summary>
    void MoveCursor(IWriteSession session, TenantId tenant, SubscriptionId id, long cursor, DateTimeOffset? failingSince);

    /// <summary>One delivery; null when the tenant has none of this id.</summary>
    ValueTask<Delivery?> GetDeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken);

    /// <summary>A tenant's deliveries, newest first; filters narrow (null: all).</summary>
    ValueTask<Page<Delivery>> ListDeliveriesAsync(TenantId tenant, SubscriptionId? subscription, DeliveryStatus? status, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Deliveries of one event (by position), for receipts.</summary>
    ValueTask<IReadOnlyList<Delivery>> ListDeliveriesOfAsync(TenantId tenant, IReadOnlyList<long> positions, CancellationToken cancellationToken);

    /// <summary>A subscription's deliveries that have not ended, in log order, after a position.</summary>
    ValueTask<IReadOnlyList<Delivery>> ListWaitingAsync(TenantId tenant, SubscriptionId subscription, long afterPosition, int limit, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces a delivery. A delivered one is never replaced: false then.</summary>
    bool PutDelivery(IWriteSession session, Delivery delivery);

    /// <summary>Inserts or replaces a delivery whatever stands there, a delivered one too: somebody asked for it to be sent again. Its attempts and its age stay.</summary>
    void Requeue(IWriteSession session, Delivery delivery);

    /// <summary>Waiting deliveries, dead letters and the largest distance between the log and a cursor: for metrics.</summary>
    ValueTask<DeliveryTotals> TotalsAsync(CancellationToken cancellationToken);
}
