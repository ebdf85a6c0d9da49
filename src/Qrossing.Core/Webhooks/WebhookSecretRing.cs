using System.Security.Cryptography;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Webhooks;

/// <summary>Signing secrets under the key ring.</summary>
internal sealed class WebhookSecretRing(KeyRing keys) : IWebhookSecrets
{
    private const string Context = "webhook-secret";

    /// <inheritdoc/>
    public string Seal(TenantId tenant, ReadOnlySpan<byte> secret) => keys.Seal(tenant, KeyPurposes.Secrets, secret, Context);

    /// <inheritdoc/>
    public byte[] Open(TenantId tenant, string envelope) =>
        keys.TryOpen(tenant, KeyPurposes.Secrets, envelope, Context, out var secret)
            ? secret
            : throw new CryptographicException("A signing secret does not open under the key ring.");
}
