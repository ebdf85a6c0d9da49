namespace Qrossing.Sdk.Webhooks;

/// <summary>The states of a delivery that this version knows; others may be added.</summary>
public static class DeliveryStatuses
{
    /// <summary>To be sent (again).</summary>
    public const string Waiting = "waiting";

    /// <summary>Being sent.</summary>
    public const string Sending = "sending";

    /// <summary>The endpoint answered 2xx.</summary>
    public const string Delivered = "delivered";

    /// <summary>Given up; can be sent again by hand.</summary>
    public const string Dead = "dead";

    /// <summary>Left out on purpose.</summary>
    public const string Skipped = "skipped";
}
