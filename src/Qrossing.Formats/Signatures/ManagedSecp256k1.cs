using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using Org.BouncyCastle.Utilities;

namespace Qrossing.Formats.Signatures;

/// <summary>secp256k1 on BouncyCastle's curve arithmetic. Its big integers are not constant-time: use libsecp256k1 where timing is observable.</summary>
internal sealed class ManagedSecp256k1 : Secp256k1Backend
{
    private static readonly ECDomainParameters Curve = new(SecNamedCurves.GetByName("secp256k1"));
    private static readonly BigInteger FieldPrime = Curve.Curve.Field.Characteristic;
    private static readonly FixedPointCombMultiplier Generator = new();

    public override string Name => "managed";

    protected override bool Sign(ReadOnlySpan<byte> reducedDigest, ReadOnlySpan<byte> privateKey, Span<byte> rs, out int recoveryId)
    {
        var digest = Unsigned(reducedDigest);
        var key = Unsigned(privateKey);
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(Curve.N, key, reducedDigest.ToArray());
        while (true)
        {
            var nonce = nonces.NextK();
            var point = Generator.Multiply(Curve.G, nonce).Normalize();
            var x = point.AffineXCoord.ToBigInteger();
            var r = x.Mod(Curve.N);
            var s = nonce.ModInverse(Curve.N).Multiply(digest.Add(key.Multiply(r))).Mod(Curve.N);
            if (r.SignValue == 0 || s.SignValue == 0)
            {
                continue;
            }

            // R is at hand, so its parity is the recovery id; trying all four would cost four scalar multiplications more.
            recoveryId = (x.CompareTo(Curve.N) >= 0 ? 2 : 0) | (point.AffineYCoord.TestBitZero() ? 1 : 0);
            Write(r, rs[..Secp256k1Scalar.Length]);
            Write(s, rs[Secp256k1Scalar.Length..]);
            if (!Secp256k1Scalar.IsLow(rs[Secp256k1Scalar.Length..]))
            {
                // n - s is the signature of the point -R, whose y has the other parity.
                Write(Curve.N.Subtract(s), rs[Secp256k1Scalar.Length..]);
                recoveryId ^= 1;
            }

            return true;
        }
    }

    protected override bool VerifyScalars(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> rs)
    {
        if (!TryDecodePoint(publicKey, out var point))
        {
            return false;
        }

        var verifier = new ECDsaSigner();
        verifier.Init(forSigning: false, new ECPublicKeyParameters(point, Curve));
        return verifier.VerifySignature(
            digest.ToArray(),
            Unsigned(rs[..Secp256k1Scalar.Length]),
            Unsigned(rs[Secp256k1Scalar.Length..]));
    }

    // Q = r^-1 (s R - e G), SEC 1 section 4.1.6.
    protected override bool Recover(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> rs, int recoveryId, out byte[] uncompressed)
    {
        uncompressed = [];
        var r = Unsigned(rs[..Secp256k1Scalar.Length]);
        var x = (recoveryId & 2) == 0 ? r : r.Add(Curve.N);
        if (x.CompareTo(FieldPrime) >= 0)
        {
            return false;
        }

        var compressed = new byte[33];
        compressed[0] = (byte)(0x02 | (recoveryId & 1));
        Write(x, compressed.AsSpan(1));
        if (!TryDecodePoint(compressed, out var point))
        {
            return false;
        }

        var inverse = r.ModInverse(Curve.N);
        var s = Unsigned(rs[Secp256k1Scalar.Length..]);
        var key = ECAlgorithms.SumOfTwoMultiplies(
            point,
            s.Multiply(inverse).Mod(Curve.N),
            Curve.G,
            Curve.N.Subtract(Unsigned(digest).Mod(Curve.N)).Multiply(inverse).Mod(Curve.N)).Normalize();
        if (key.IsInfinity)
        {
            return false;
        }

        uncompressed = key.GetEncoded(compressed: false);
        return true;
    }

    protected override byte[] DerivePublicKey(ReadOnlySpan<byte> privateKey, bool compressed) =>
        Generator.Multiply(Curve.G, Unsigned(privateKey)).Normalize().GetEncoded(compressed);

    private static bool TryDecodePoint(ReadOnlySpan<byte> encoded, out ECPoint point)
    {
        try
        {
            point = Curve.Curve.DecodePoint(encoded);
            return !point.IsInfinity && point.IsValid();
        }
        catch (Exception refused) when (refused is ArgumentException or ArithmeticException)
        {
            // BouncyCastle reports bytes that are no point by exception: "Invalid point compression", "Invalid point coordinates".
            point = Curve.Curve.Infinity;
            return false;
        }
    }

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(1, bytes);

    private static void Write(BigInteger scalar, Span<byte> destination) => BigIntegers.AsUnsignedByteArray(Secp256k1Scalar.Length, scalar).CopyTo(destination);
}
