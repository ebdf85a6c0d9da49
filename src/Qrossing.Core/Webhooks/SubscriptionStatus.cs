namespace Qrossing.Core.Webhooks;

/// <summary>Values of <see cref="Subscription.Status"/> and <see cref="Subscription.StatusReason"/>.</summary>
public static class SubscriptionStatus
{
    /// <summary>Events are sent.</summary>
    public const string Active = "active";

    /// <summary>Nothing is sent; the cursor stands.</summary>
    public const string Disabled = "disabled";

    /// <summary>Disabled by a caller.</summary>
    public const string ByCaller = "subscriptions.disabled_by_caller";

    /// <summary>Disabled because the endpoint answered 410.</summary>
    public const string EndpointGone = "subscriptions.endpoint_gone";

    /// <summary>Disabled because the endpoint failed for <see cref="WebhookOptions.DisableAfter"/>.</summary>
    public const string EndpointFailing = "subscriptions.endpoint_failing";
}
