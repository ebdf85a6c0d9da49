using System.Security.Cryptography;
using System.Text;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Access;

/// <summary>
/// HMAC-SHA-256 over a key's text under a key of the ring: a stolen database is no list of usable hashes. A slow password hash would add nothing,
/// because the secret has 256 random bits.
/// </summary>
public sealed class ApiKeyHasher(KeyRing keys)
{
    /// <summary>The stored form.</summary>
    public byte[] Hash(ApiKeyText text) => HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(text.Text));

    // Opened with the ring, before the first request.
    private ReadOnlySpan<byte> Key => keys.TryGetLoaded(TenantId.Default, KeyPurposes.ApiKeys, out var key)
        ? key.Bytes
        : throw new InvalidOperationException("The key ring is not open.");

    /// <summary>Whether a text is the key behind a hash; in constant time.</summary>
    public bool Matches(ApiKeyText text, ReadOnlySpan<byte> hash)
    {
        Span<byte> ascii = stackalloc byte[text.Text.Length];
        Encoding.ASCII.GetBytes(text.Text, ascii);
        Span<byte> computed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key, ascii, computed);
        return CryptographicOperations.FixedTimeEquals(computed, hash);
    }
}
