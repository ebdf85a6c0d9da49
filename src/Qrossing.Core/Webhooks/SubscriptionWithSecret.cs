namespace Qrossing.Core.Webhooks;

/// <summary>A subscription and its new signing secret, which is shown this once.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="Secret"><c>whsec_</c> and base64 (Standard Webhooks 1.0).</param>
public sealed record SubscriptionWithSecret(Subscription Subscription, string Secret);
