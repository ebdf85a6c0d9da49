using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Webhooks;

/// <summary>Seals signing secrets for storage under the key ring.</summary>
public interface IWebhookSecrets
{
    /// <summary>A text envelope of the secret's bytes.</summary>
    string Seal(TenantId tenant, ReadOnlySpan<byte> secret);

    /// <summary>The bytes of an envelope that <see cref="Seal"/> made.</summary>
    byte[] Open(TenantId tenant, string envelope);
}
