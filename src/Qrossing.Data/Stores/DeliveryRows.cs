using Qrossing.Abstractions.Values;
using Qrossing.Core.Webhooks;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Stores;

/// <summary>How deliveries lie in their table.</summary>
internal static class DeliveryRows
{
    private const string Columns =
        "tenant, id, subscription, position, event_id, event_type, partition_key, status, attempts, next_attempt_at, response_status, reason, "
        + "created_at, updated_at, tries, tried_since, at_rest";

    private const string Requeued = "status, next_attempt_at, response_status, reason, updated_at, tries, tried_since, at_rest";

    public const string Select = $"SELECT {Columns} FROM deliveries";

    /// <summary>Over whatever stands there, but for its age and its attempts.</summary>
    public static readonly string Requeue =
        $"{SqlText.Insert("deliveries", Columns)} ON CONFLICT (tenant, id) DO UPDATE SET {SqlText.FromExcluded(Requeued)}";

    /// <summary>Not over a delivered one.</summary>
    public static readonly string Put =
        $"{SqlText.Insert("deliveries", Columns)} ON CONFLICT (tenant, id) DO UPDATE SET {SqlText.FromExcluded(Columns)} WHERE deliveries.status <> 'delivered'";

    public static SqlValue[] ValuesOf(Delivery delivery) =>
    [
        delivery.Tenant, delivery.Id.Text, delivery.Subscription.Text, delivery.Position, delivery.EventId, delivery.EventType,
        delivery.PartitionKey, EnumText<DeliveryStatus>.Of(delivery.Status), delivery.Attempts, delivery.NextAttemptAt,
        delivery.ResponseStatus, delivery.Reason, delivery.CreatedAt, delivery.UpdatedAt, delivery.Tries, delivery.TriedSince,
        delivery.Status is not (DeliveryStatus.Waiting or DeliveryStatus.Sending),
    ];

    public static Delivery Read(SqlRow row) => new()
    {
        Tenant = row.Tenant(),
        Id = row.Id<DeliveryId>(),
        Subscription = row.Id<SubscriptionId>(),
        Position = row.Long(),
        EventId = row.Text(),
        EventType = row.Text(),
        PartitionKey = row.TextOrNull(),
        Status = EnumText<DeliveryStatus>.Read(row.Text()),
        Attempts = row.Int(),
        NextAttemptAt = row.TimeOrNull(),
        ResponseStatus = row.IntOrNull(),
        Reason = row.TextOrNull(),
        CreatedAt = row.Time(),
        UpdatedAt = row.Time(),
        Tries = row.Int(),
        TriedSince = row.TimeOrNull(),
    };
}
