using Qrossing.Core.Webhooks;

namespace Qrossing.Gateway.Rest.Webhooks;

/// <summary>One event on its way to one subscription.</summary>
internal sealed record DeliveryView
{
    /// <summary><c>dlv_...</c>, also the <c>webhook-id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The subscription.</summary>
    public required string Subscription { get; init; }

    /// <summary>The event's id.</summary>
    public required string EventId { get; init; }

    /// <summary>The event's type.</summary>
    public required string EventType { get; init; }

    /// <summary>The event's position in the log.</summary>
    public required string Sequence { get; init; }

    /// <summary><c>waiting</c>, <c>sending</c>, <c>delivered</c>, <c>dead</c> or <c>skipped</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Sends so far; never fewer.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is sent next.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Last HTTP status of the endpoint.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>Why it failed or was given up.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was queued first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Reads a status.</summary>
    public static bool TryParseStatus(string text, out DeliveryStatus status)
    {
        status = Array.Find(Enum.GetValues<DeliveryStatus>(), candidate => StatusText(candidate) == text);
        return StatusText(status) == text;
    }

    /// <summary>The view of a delivery.</summary>
    public static DeliveryView Of(Delivery delivery) => new()
    {
        Id = delivery.Id.Text,
        Subscription = delivery.Subscription.Text,
        EventId = delivery.EventId,
        EventType = delivery.EventType,
        Sequence = delivery.Position.ToString(),
        Status = StatusText(delivery.Status),
        Attempts = delivery.Attempts,
        NextAttemptAt = delivery.NextAttemptAt,
        ResponseStatus = delivery.ResponseStatus,
        Reason = delivery.Reason,
        CreatedAt = delivery.CreatedAt,
        UpdatedAt = delivery.UpdatedAt,
    };

    private static string StatusText(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Waiting => "waiting",
        DeliveryStatus.Sending => "sending",
        DeliveryStatus.Delivered => "delivered",
        DeliveryStatus.Dead => "dead",
        _ => "skipped",
    };
}
