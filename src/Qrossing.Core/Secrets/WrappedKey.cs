using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Secrets;

/// <summary>A 256-bit data key wrapped under the root key.</summary>
/// <param name="Tenant">The owner.</param>
/// <param name="Purpose">What it is for: <c>secrets</c>, <c>audit</c>, <c>audit-signing</c>, <c>api-keys</c>, or <c>subject:&lt;id&gt;</c>.</param>
/// <param name="Wrapped">AES-256-GCM under the root key: nonce, tag, ciphertext.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record WrappedKey(TenantId Tenant, string Purpose, ReadOnlyMemory<byte> Wrapped, DateTimeOffset CreatedAt);
