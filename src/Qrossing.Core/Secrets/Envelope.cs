using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Qrossing.Core.Secrets;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D): a random 96-bit nonce, the 128-bit tag, the ciphertext. With random nonces one key is good for 2^32
/// envelopes; the ring has one per tenant and purpose.
/// </summary>
internal static class Envelope
{
    /// <summary>The size of keys in bytes.</summary>
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Seals.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var envelope = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = envelope.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes); // not shared: an instance serves one thread at a time
        cipher.Encrypt(nonce, plain, envelope.AsSpan(NonceBytes + TagBytes), envelope.AsSpan(NonceBytes, TagBytes), associated);
        return envelope;
    }

    /// <summary>Opens; false for a wrong key, other associated data, or changed or cut bytes.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associated, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (envelope.Length < NonceBytes + TagBytes)
        {
            return false;
        }

        var opened = new byte[envelope.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(envelope[..NonceBytes], envelope[(NonceBytes + TagBytes)..], envelope[NonceBytes..(NonceBytes + TagBytes)], opened, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plain = opened;
        return true;
    }
}
