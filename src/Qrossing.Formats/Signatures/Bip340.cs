using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Qrossing.Formats.Signatures;

/// <summary>Schnorr signatures over secp256k1 with x-only public keys (BIP-340). Verification only; nothing in it is secret.</summary>
public static class Bip340
{
    private const int Length = 32;
    private const byte EvenY = 0x02;

    private static readonly X9ECParameters Curve = SecNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger FieldPrime = Curve.Curve.Field.Characteristic;
    private static readonly byte[] ChallengeTag = SHA256.HashData("BIP0340/challenge"u8);

    /// <summary>Whether 64 bytes are a signature of a message of any length by an x-only public key of 32 bytes. Other lengths are false, never an error.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey32, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature64)
    {
        if (publicKey32.Length != Length || signature64.Length != 2 * Length || !TryLift(publicKey32, out var key))
        {
            return false;
        }

        var r = new BigInteger(1, signature64[..Length]);
        var s = new BigInteger(1, signature64[Length..]);
        if (r.CompareTo(FieldPrime) >= 0 || s.CompareTo(Curve.N) >= 0)
        {
            return false;
        }

        // R = s G - e P must have an even y and the x that the signature names.
        var e = Challenge(signature64[..Length], publicKey32, message);
        var point = ECAlgorithms.SumOfTwoMultiplies(Curve.G, s, key, Curve.N.Subtract(e).Mod(Curve.N)).Normalize();
        return !point.IsInfinity && !point.AffineYCoord.TestBitZero() && point.AffineXCoord.ToBigInteger().Equals(r);
    }

    private static BigInteger Challenge(ReadOnlySpan<byte> r, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(ChallengeTag);
        hash.AppendData(ChallengeTag);
        hash.AppendData(r);
        hash.AppendData(publicKey);
        hash.AppendData(message);
        return new BigInteger(1, hash.GetHashAndReset()).Mod(Curve.N);
    }

    /// <summary>The point with this x and an even y.</summary>
    private static bool TryLift(ReadOnlySpan<byte> x, out ECPoint point)
    {
        point = Curve.Curve.Infinity;
        if (new BigInteger(1, x).CompareTo(FieldPrime) >= 0)
        {
            return false;
        }

        try
        {
            point = Curve.Curve.DecodePoint([EvenY, .. x]);
            return point.IsValid();
        }
        catch (ArgumentException)
        {
            return false; // BouncyCastle's word for an x that is on no point
        }
    }
}
