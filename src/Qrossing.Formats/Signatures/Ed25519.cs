using System.Security.Cryptography;
using NSec.Cryptography;

namespace Qrossing.Formats.Signatures;

/// <summary>
/// Ed25519 (RFC 8032 section 5.1). Verification refuses S not below the group order, encodings that are not canonical,
/// and public keys or R of small order.
/// </summary>
public static class Ed25519
{
    /// <summary>Length of a seed (the private key of RFC 8032) in bytes.</summary>
    public const int SeedLength = 32;

    /// <summary>Length of a public key in bytes.</summary>
    public const int PublicKeyLength = 32;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureLength = 64;

    /// <summary>A new random seed, 32 bytes, and its public key.</summary>
    public static (byte[] Seed, byte[] PublicKey) GenerateKey()
    {
        var seed = RandomNumberGenerator.GetBytes(SeedLength);
        return (seed, PublicKeyFromSeed(seed));
    }

    /// <summary>The public key of a seed of 32 bytes.</summary>
    public static byte[] PublicKeyFromSeed(ReadOnlySpan<byte> seed)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    /// <summary>The signature, 64 bytes, of a message by a seed of 32 bytes.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        return SignatureAlgorithm.Ed25519.Sign(key, message);
    }

    /// <summary>Whether <paramref name="signature"/> is one of the message by the public key. Any other length is false, not an error.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == PublicKeyLength
        && signature.Length == SignatureLength
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && SignatureAlgorithm.Ed25519.Verify(key!, message, signature);
}
