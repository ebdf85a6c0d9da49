namespace Qrossing.Core.Webhooks.Sending;

/// <summary>A subscription's endpoint as a lane uses it: its secrets are open.</summary>
internal sealed class DeliveryEndpoint(Subscription subscription, IWebhookSecrets secrets)
{
    private readonly byte[][] _secrets = [.. subscription.SealedSecrets.Select(envelope => secrets.Open(subscription.Tenant, envelope))];

    public Uri Url { get; } = new(subscription.Url);

    /// <summary>The secrets that sign at a time, the newest first.</summary>
    public IReadOnlyList<byte[]> SecretsAt(DateTimeOffset now) => now < subscription.OldSecretUntil ? _secrets : _secrets[..1];
}
