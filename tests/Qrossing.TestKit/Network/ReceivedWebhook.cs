using System.Text;

namespace Qrossing.TestKit.Network;

/// <summary>One delivery as it came in, numbered from 1, with its raw body. The verdict on its Standard Webhooks signature is
/// <see langword="null"/> while the receiver has no secret.</summary>
public sealed record ReceivedWebhook(
    int Number,
    string Method,
    string PathAndQuery,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body,
    DateTimeOffset ReceivedAt,
    SignatureVerdict? Signature)
{
    /// <summary><c>webhook-id</c>, the same for all attempts of one delivery.</summary>
    public string? WebhookId => Headers.GetValueOrDefault("webhook-id");

    public string Text => Encoding.UTF8.GetString(Body);
}
