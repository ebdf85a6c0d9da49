namespace Qrossing.Formats.Signatures;

/// <summary>
/// ECDSA over secp256k1 (SEC 2 section 2.4.1): deterministic (RFC 6979 with HMAC-SHA-256), low-S, with public key recovery.
/// Uses libsecp256k1 where the system has it, else a managed implementation with identical results.
/// </summary>
public static class Secp256k1
{
    private static readonly Secp256k1Backend Chosen = NativeSecp256k1.TryLoad() ?? (Secp256k1Backend)new ManagedSecp256k1();

    /// <summary>The implementation in use: <c>libsecp256k1</c> or <c>managed</c>.</summary>
    public static string Backend => Chosen.Name;

    /// <inheritdoc cref="Secp256k1Backend.TrySign"/>
    public static bool TrySign(ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> privateKey32, Span<byte> rs64, out int recoveryId) =>
        Chosen.TrySign(digest32, privateKey32, rs64, out recoveryId);

    /// <inheritdoc cref="Secp256k1Backend.Verify"/>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> rs64) =>
        Chosen.Verify(publicKey, digest32, rs64);

    /// <inheritdoc cref="Secp256k1Backend.VerifyDerLowS"/>
    public static bool VerifyDerLowS(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> derSignature) =>
        Chosen.VerifyDerLowS(publicKey, digest32, derSignature);

    /// <inheritdoc cref="Secp256k1Backend.TryRecover"/>
    public static bool TryRecover(ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> rs64, int recoveryId, out byte[] uncompressed65) =>
        Chosen.TryRecover(digest32, rs64, recoveryId, out uncompressed65);

    /// <inheritdoc cref="Secp256k1Backend.TryGetPublicKey"/>
    public static bool TryGetPublicKey(ReadOnlySpan<byte> privateKey32, bool compressed, out byte[] publicKey) =>
        Chosen.TryGetPublicKey(privateKey32, compressed, out publicKey);

    /// <summary>The public key of a private key known to be valid: 33 bytes when <paramref name="compressed"/>, else 65.</summary>
    /// <exception cref="ArgumentException">The private key is not 32 bytes in 1..n-1.</exception>
    public static byte[] PublicKey(ReadOnlySpan<byte> privateKey32, bool compressed) =>
        Chosen.TryGetPublicKey(privateKey32, compressed, out var publicKey)
            ? publicKey
            : throw new ArgumentException("Not a secp256k1 private key.", nameof(privateKey32));

    /// <summary>Whether 32 big-endian bytes are a private key: in 1..n-1.</summary>
    public static bool IsPrivateKey(ReadOnlySpan<byte> privateKey32) => Secp256k1Scalar.IsInRange(privateKey32);

    /// <summary>Whether S of <c>r || s</c> is at most n/2, the only form Bitcoin (BIP-146) and Ethereum (EIP-2) accept.</summary>
    public static bool IsLowS(ReadOnlySpan<byte> rs64) => rs64.Length == 64 && Secp256k1Scalar.IsLow(rs64[32..]);
}
