using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Events;

namespace Qrossing.Core.Webhooks;

/// <summary>Deliveries by subscription and event.</summary>
internal static class DeliveryIds
{
    /// <summary>The same subscription and event always give the same id, so that whoever receives a delivery twice can tell.</summary>
    public static DeliveryId Derive(SubscriptionId subscription, long position)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"qrossing-delivery-v1\n{subscription.Text}\n{position}");
        return IdText.FromHash<DeliveryId>(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
    }

    /// <summary>A delivery that was not tried yet.</summary>
    public static Delivery NewDelivery(Subscription subscription, LogEvent logEvent, DateTimeOffset now) => new()
    {
        Tenant = subscription.Tenant,
        Id = Derive(subscription.Id, logEvent.Position),
        Subscription = subscription.Id,
        Position = logEvent.Position,
        EventId = logEvent.Id,
        EventType = logEvent.Type,
        PartitionKey = logEvent.PartitionKey,
        Status = DeliveryStatus.Waiting,
        Attempts = 0,
        NextAttemptAt = now,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
