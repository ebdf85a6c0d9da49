using Qrossing.Core.Errors;

namespace Qrossing.Core.Webhooks;

/// <summary>Errors of subscriptions and deliveries.</summary>
public static class WebhookErrors
{
    /// <summary>No subscription of this id.</summary>
    public static readonly ErrorCode SubscriptionNotFound = new(
        "subscriptions.not_found", 404, "No such subscription", "Check the id; list yours with GET /v1/subscriptions.");

    /// <summary>The description of the subscription is not usable.</summary>
    public static readonly ErrorCode Invalid = new(
        "subscriptions.invalid", 422, "The subscription is not valid", "Correct the members that 'errors' points at.");

    /// <summary>The range has too many events for one replay.</summary>
    public static readonly ErrorCode ReplayTooLong = new(
        "subscriptions.replay_too_long", 422, "Too many events to replay at once", "Replay up to the position that 'detail' names, then go on after it.");

    /// <summary>No delivery of this id.</summary>
    public static readonly ErrorCode DeliveryNotFound = new(
        "deliveries.not_found", 404, "No such delivery", "Check the id; list yours with GET /v1/deliveries.");

    /// <summary>The delivery's subscription was deleted.</summary>
    public static readonly ErrorCode SubscriptionGone = new(
        "deliveries.subscription_gone", 409, "The delivery's subscription was deleted", "Create a subscription and replay to it.");
}
