namespace Qrossing.Sdk.Webhooks;

/// <summary>One event on its way to one subscription.</summary>
public sealed record Delivery
{
    /// <summary><c>dlv_...</c>, also the <c>webhook-id</c>: the same on every repeat.</summary>
    public required string Id { get; init; }

    /// <summary>The subscription.</summary>
    public required string Subscription { get; init; }

    /// <summary>The event's id.</summary>
    public required string EventId { get; init; }

    /// <summary>The event's type.</summary>
    public required string EventType { get; init; }

    /// <summary>The event's position in the log, digits.</summary>
    public string? Sequence { get; init; }

    /// <summary>One of <see cref="DeliveryStatuses"/> or a newer word.</summary>
    public required string Status { get; init; }

    /// <summary>Sends so far.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is sent next; null when it ended or waits behind an older one of its key.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The endpoint's last HTTP status.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>Why it failed or was given up: a code.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was first tried.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
