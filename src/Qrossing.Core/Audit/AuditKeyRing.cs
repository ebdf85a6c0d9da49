using Qrossing.Abstractions.Values;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Audit;

/// <summary>What audit needs, from the key ring. The ring is open before the first entry.</summary>
internal sealed class AuditKeyRing(Lazy<KeyRing> keys) : IAuditKeys
{
    private const string Context = "audit-payload";

    /// <inheritdoc/>
    public byte[] Seal(TenantId tenant, string purpose, ReadOnlySpan<byte> plaintext) => keys.Value.SealBytes(tenant, purpose, plaintext, Context);

    /// <inheritdoc/>
    public bool Has(TenantId tenant, string purpose) => keys.Value.TryGetLoaded(tenant, purpose, out _);

    /// <inheritdoc/>
    public byte[]? Open(TenantId tenant, string purpose, ReadOnlySpan<byte> box) =>
        keys.Value.TryGetLoaded(tenant, purpose, out _) && keys.Value.TryOpenBytes(tenant, purpose, box, Context, out var plaintext) ? plaintext : null;

    /// <inheritdoc/>
    public byte[] SigningSeed() => keys.Value.TryGetLoaded(TenantId.Default, KeyPurposes.AuditSigning, out var key)
        ? key.Bytes.ToArray()
        : throw new InvalidOperationException("The key ring is not open.");
}
