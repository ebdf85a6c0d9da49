namespace Qrossing.Formats.Signatures;

/// <summary>
/// What every implementation of secp256k1 shares: lengths, ranges and encodings are checked here, so that
/// implementations get valid scalars only and cannot differ in what they refuse.
/// </summary>
internal abstract class Secp256k1Backend
{
    public abstract string Name { get; }

    /// <summary>
    /// Signs a digest of 32 bytes: <c>r || s</c>, 64 bytes, S low. <paramref name="recoveryId"/> (0..3) is R's parity, plus 2 where R's x is not below n.
    /// False when the private key is not in 1..n-1.
    /// </summary>
    public bool TrySign(ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> privateKey32, Span<byte> rs64, out int recoveryId)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest32.Length, Secp256k1Scalar.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rs64.Length, 2 * Secp256k1Scalar.Length);
        recoveryId = 0;
        if (!Secp256k1Scalar.IsInRange(privateKey32))
        {
            return false;
        }

        // Versions of libsecp256k1 before 0.3.2 hashed an unreduced digest into the nonce, which is not RFC 6979.
        Span<byte> reduced = stackalloc byte[Secp256k1Scalar.Length];
        Secp256k1Scalar.Reduce(digest32, reduced);
        return Sign(reduced, privateKey32, rs64, out recoveryId);
    }

    /// <summary>
    /// Whether <c>r || s</c> of 64 bytes is a signature of the digest by a public key of 33 or 65 bytes (SEC 1, not hybrid).
    /// S may be high (RFC 8812 allows it): where it must be low, ask <see cref="Secp256k1.IsLowS"/> too.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> rs64)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest32.Length, Secp256k1Scalar.Length);
        return IsPublicKeyShape(publicKey) && AreScalars(rs64) && VerifyScalars(publicKey, digest32, rs64);
    }

    /// <summary>Whether a strict DER signature (BIP-66) with low S (BIP-146) is one of the digest by the public key.</summary>
    public bool VerifyDerLowS(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> derSignature)
    {
        Span<byte> rs = stackalloc byte[2 * Secp256k1Scalar.Length];
        return DerSignature.TryRead(derSignature, rs) && Secp256k1.IsLowS(rs) && Verify(publicKey, digest32, rs);
    }

    /// <summary>
    /// The public key (uncompressed, 65 bytes) that made a signature, SEC 1 section 4.1.6; S may be high.
    /// False when there is none: scalars out of range, a recovery id outside 0..3, or no such point.
    /// </summary>
    public bool TryRecover(ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> rs64, int recoveryId, out byte[] uncompressed65)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest32.Length, Secp256k1Scalar.Length);
        uncompressed65 = [];
        return recoveryId is >= 0 and <= 3 && AreScalars(rs64) && Recover(digest32, rs64, recoveryId, out uncompressed65);
    }

    /// <summary>The public key, 33 bytes when <paramref name="compressed"/>, else 65. False when the private key is not 32 bytes in 1..n-1.</summary>
    public bool TryGetPublicKey(ReadOnlySpan<byte> privateKey32, bool compressed, out byte[] publicKey)
    {
        publicKey = [];
        if (!Secp256k1Scalar.IsInRange(privateKey32))
        {
            return false;
        }

        publicKey = DerivePublicKey(privateKey32, compressed);
        return true;
    }

    protected abstract bool Sign(ReadOnlySpan<byte> reducedDigest, ReadOnlySpan<byte> privateKey, Span<byte> rs, out int recoveryId);

    protected abstract bool VerifyScalars(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> rs);

    protected abstract bool Recover(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> rs, int recoveryId, out byte[] uncompressed);

    protected abstract byte[] DerivePublicKey(ReadOnlySpan<byte> privateKey, bool compressed);

    private static bool AreScalars(ReadOnlySpan<byte> rs) =>
        rs.Length == 2 * Secp256k1Scalar.Length
        && Secp256k1Scalar.IsInRange(rs[..Secp256k1Scalar.Length])
        && Secp256k1Scalar.IsInRange(rs[Secp256k1Scalar.Length..]);

    // Hybrid keys (0x06, 0x07) are legal in SEC 1 and accepted by both libraries, but by no protocol here.
    private static bool IsPublicKeyShape(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == 33 ? publicKey[0] is 0x02 or 0x03 : publicKey.Length == 65 && publicKey[0] == 0x04;
}
