using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Webhooks;

/// <summary>One event on its way to one subscription. Its id is derived from both, so a duplicate after a crash has the same <c>webhook-id</c>.</summary>
public sealed record Delivery
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The id, also the <c>webhook-id</c>.</summary>
    public required DeliveryId Id { get; init; }

    /// <summary>The subscription.</summary>
    public required SubscriptionId Subscription { get; init; }

    /// <summary>Position of the event.</summary>
    public required long Position { get; init; }

    /// <summary>The event's id.</summary>
    public required string EventId { get; init; }

    /// <summary>The event's type.</summary>
    public required string EventType { get; init; }

    /// <summary>Order is kept per key; null: none.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>Sends so far; never fewer.</summary>
    public required int Attempts { get; init; }

    /// <summary>Sends of this round: since it was queued, or since somebody asked for it to be sent again. Drives the backoff.</summary>
    public int Tries { get; init; }

    /// <summary>When this round's first send began; null before it. It is given up when that is long ago.</summary>
    public DateTimeOffset? TriedSince { get; init; }

    /// <summary>When it is sent next; null when it ended or waits behind an older one of its key.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Last HTTP status of the endpoint.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>Why it failed or died: our code.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was queued first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
