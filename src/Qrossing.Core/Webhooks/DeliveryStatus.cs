namespace Qrossing.Core.Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryStatus
{
    /// <summary>To be sent (again).</summary>
    Waiting,

    /// <summary>Being sent now.</summary>
    Sending,

    /// <summary>The endpoint answered 2xx.</summary>
    Delivered,

    /// <summary>Given up, with the reason; can be sent again by hand.</summary>
    Dead,

    /// <summary>Left out on purpose (the subscription was disabled or its filter changed).</summary>
    Skipped,
}
