namespace Qrossing.Sdk.Webhooks;

/// <summary>Narrows a list of deliveries; a member that is null does not.</summary>
public sealed record DeliveryFilter
{
    /// <summary>One of <see cref="DeliveryStatuses"/>.</summary>
    public string? Status { get; init; }

    /// <summary>A subscription's id.</summary>
    public string? Subscription { get; init; }

    /// <summary><see cref="Page{T}.Next"/> of the page before.</summary>
    public string? After { get; init; }

    /// <summary>Most items, 1 to 200. Default: the gateway's.</summary>
    public int? Limit { get; init; }
}
