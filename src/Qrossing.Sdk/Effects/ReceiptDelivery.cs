namespace Qrossing.Sdk.Effects;

/// <summary>What became of one event at one subscription.</summary>
public sealed record ReceiptDelivery
{
    /// <summary><c>dlv_...</c>, also the <c>webhook-id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The subscription.</summary>
    public required string Subscription { get; init; }

    /// <summary>The event's id.</summary>
    public string? EventId { get; init; }

    /// <summary>One of <see cref="Webhooks.DeliveryStatuses"/> or a newer word.</summary>
    public required string Status { get; init; }

    /// <summary>Sends so far.</summary>
    public int Attempts { get; init; }

    /// <summary>The endpoint's last HTTP status.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>Why it failed or was given up.</summary>
    public string? Reason { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
