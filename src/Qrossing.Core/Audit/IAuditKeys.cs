using Qrossing.Abstractions.Values;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Audit;

/// <summary>What audit needs of the key ring. Thread-safe and quick: sealing runs on the writer's thread.</summary>
public interface IAuditKeys
{
    /// <summary>
    /// Encrypts and authenticates under the tenant's key of a purpose: <see cref="KeyPurposes.Audit"/> or <c>subject:&lt;id&gt;</c>.
    /// The key exists: whoever writes an entry with a data subject makes the subject's key before the unit.
    /// </summary>
    byte[] Seal(TenantId tenant, string purpose, ReadOnlySpan<byte> plaintext);

    /// <summary>Whether the key is there; false when it was erased.</summary>
    bool Has(TenantId tenant, string purpose);

    /// <summary>The plaintext; null when the key was erased, or the box is not one of this key.</summary>
    byte[]? Open(TenantId tenant, string purpose, ReadOnlySpan<byte> box);

    /// <summary>The Ed25519 seed, 32 bytes, that signs this installation's log (<see cref="KeyPurposes.AuditSigning"/>).</summary>
    byte[] SigningSeed();
}
