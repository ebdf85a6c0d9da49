using System.Security.Cryptography;
using System.Text;
using Qrossing.Formats.Signatures;

namespace Qrossing.Tests.Formats.Signatures;

/// <summary>Every case on both implementations; where libsecp256k1 is not installed, its half is skipped visibly.</summary>
[Trait("Kind", "unit")]
public sealed class Secp256k1Tests
{
    private const string Order = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141";
    private const string OrderLess1 = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364140";
    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";

    public static TheoryData<string> Backends => ["libsecp256k1", "managed"];

    [Fact]
    public void Backend_is_the_native_library_where_it_is_installed() =>
        Assert.Equal(NativeSecp256k1.TryLoad() is null ? "managed" : "libsecp256k1", Secp256k1.Backend);

    // The first is the widely published vector for RFC 6979 over this curve, the second was computed with ethers 6.17.
    [Theory]
    [InlineData("libsecp256k1", One, "Satoshi Nakamoto", "934B1EA10A4B3C1757E2B0C017D0B6143CE3C9A7E6A4A49860D7A6AB210EE3D82442CE9D2B916064108014783E923EC36B49743E2FFA1C4496F01A512AAFD9E5")]
    [InlineData("managed", One, "Satoshi Nakamoto", "934B1EA10A4B3C1757E2B0C017D0B6143CE3C9A7E6A4A49860D7A6AB210EE3D82442CE9D2B916064108014783E923EC36B49743E2FFA1C4496F01A512AAFD9E5")]
    [InlineData("libsecp256k1", "4646464646464646464646464646464646464646464646464646464646464646", "Qrossing", "99E0D47F5D59BC31657A1BE286650DCD75793156524B8BFEC5B83950473603C864E26189D0752249AACD9DB9DE7186D7303A2E9104F408BF2E531792AAED32C6")]
    [InlineData("managed", "4646464646464646464646464646464646464646464646464646464646464646", "Qrossing", "99E0D47F5D59BC31657A1BE286650DCD75793156524B8BFEC5B83950473603C864E26189D0752249AACD9DB9DE7186D7303A2E9104F408BF2E531792AAED32C6")]
    public void Signature_is_deterministic_by_RFC_6979(string backend, string key, string message, string rs)
    {
        var signature = Sign(Backend(backend), SHA256.HashData(Encoding.ASCII.GetBytes(message)), Convert.FromHexString(key), out _);
        Assert.Equal(rs, Convert.ToHexString(signature));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Signature_of_any_key_and_digest_verifies_has_low_s_and_recovers_the_key(string name)
    {
        var backend = Backend(name);
        foreach (var (key, digest) in Samples(60))
        {
            var signature = Sign(backend, digest, key, out var recoveryId);
            Assert.True(backend.TryGetPublicKey(key, compressed: true, out var compressed));
            Assert.True(backend.TryGetPublicKey(key, compressed: false, out var uncompressed));
            Assert.True(Secp256k1.IsLowS(signature));
            Assert.True(backend.Verify(compressed, digest, signature));
            Assert.True(backend.Verify(uncompressed, digest, signature));
            Assert.True(backend.TryRecover(digest, signature, recoveryId, out var recovered));
            Assert.Equal(uncompressed, recovered);

            signature[^1] ^= 1;
            Assert.False(backend.Verify(compressed, digest, signature));
        }
    }

    [Fact]
    public void Both_backends_give_identical_results_for_the_same_input()
    {
        var native = Backend("libsecp256k1");
        var managed = Backend("managed");
        foreach (var (key, digest) in Samples(60))
        {
            var expected = Sign(native, digest, key, out var nativeId);
            Assert.Equal(expected, Sign(managed, digest, key, out var managedId));
            Assert.Equal(nativeId, managedId);
            for (var recoveryId = 0; recoveryId < 4; recoveryId++)
            {
                Assert.Equal(native.TryRecover(digest, expected, recoveryId, out var nativeKey), managed.TryRecover(digest, expected, recoveryId, out var managedKey));
                Assert.Equal(nativeKey, managedKey);
            }
        }
    }

    // Half of the small r are x coordinates, both directly and with n added, which reaches recovery ids 2 and 3.
    [Fact]
    public void Both_backends_recover_identically_from_small_r_for_all_recovery_ids()
    {
        var native = Backend("libsecp256k1");
        var managed = Backend("managed");
        var digest = SHA256.HashData("recover"u8);
        var found = new int[4];
        for (byte r = 1; r <= 20; r++)
        {
            var signature = new byte[64];
            signature[31] = r;
            signature[63] = 7;
            for (var recoveryId = 0; recoveryId < 4; recoveryId++)
            {
                var isKey = native.TryRecover(digest, signature, recoveryId, out var nativeKey);
                Assert.Equal(isKey, managed.TryRecover(digest, signature, recoveryId, out var managedKey));
                Assert.Equal(nativeKey, managedKey);
                found[recoveryId] += isKey ? 1 : 0;
                Assert.True(!isKey || managed.Verify(nativeKey, digest, signature));
                Assert.True(!isKey || native.Verify(nativeKey, digest, signature));
            }
        }

        Assert.DoesNotContain(0, found);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void High_s_verifies_and_is_refused_where_it_must_be_low(string name)
    {
        var backend = Backend(name);
        var digest = SHA256.HashData("high"u8);
        var key = Convert.FromHexString(OrderLess1);
        var signature = Sign(backend, digest, key, out _);
        backend.TryGetPublicKey(key, compressed: true, out var publicKey);
        var negated = new byte[64];
        signature.AsSpan(0, 32).CopyTo(negated);
        var s = UInt256(Convert.FromHexString(Order)) - UInt256(signature.AsSpan(32));
        s.ToByteArray(isUnsigned: true, isBigEndian: true).CopyTo(negated, 64 - s.GetByteCount(isUnsigned: true));

        Assert.False(Secp256k1.IsLowS(negated));
        Assert.True(backend.Verify(publicKey, digest, negated));
        Assert.True(backend.VerifyDerLowS(publicKey, digest, Der(signature)));
        Assert.False(backend.VerifyDerLowS(publicKey, digest, Der(negated)));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Hybrid_truncated_and_off_curve_public_keys_are_refused(string name)
    {
        var backend = Backend(name);
        var digest = SHA256.HashData("keys"u8);
        var key = Convert.FromHexString(One);
        var signature = Sign(backend, digest, key, out _);
        backend.TryGetPublicKey(key, compressed: false, out var publicKey);
        byte[] hybrid = [(byte)(0x06 | (publicKey[^1] & 1)), .. publicKey[1..]];
        byte[] offCurve = [.. publicKey[..^1], (byte)(publicKey[^1] ^ 1)];
        byte[] zero = [0x02, .. new byte[32]];
        foreach (var wrong in new[] { hybrid, offCurve, zero, publicKey[..64], publicKey[..33], [0x00], [] })
        {
            Assert.False(backend.Verify(wrong, digest, signature));
        }
    }

    [Theory]
    [InlineData("libsecp256k1", Zero)]
    [InlineData("libsecp256k1", Order)]
    [InlineData("libsecp256k1", "01")]
    [InlineData("managed", Zero)]
    [InlineData("managed", Order)]
    [InlineData("managed", "01")]
    public void Private_key_out_of_range_is_refused(string name, string key)
    {
        var backend = Backend(name);
        Assert.False(backend.TryGetPublicKey(Convert.FromHexString(key), compressed: true, out _));
        Assert.False(backend.TrySign(new byte[32], Convert.FromHexString(key), new byte[64], out _));
        Assert.False(Secp256k1.IsPrivateKey(Convert.FromHexString(key)));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Scalars_out_of_range_verify_and_recover_nothing(string name)
    {
        var backend = Backend(name);
        var digest = SHA256.HashData("range"u8);
        backend.TryGetPublicKey(Convert.FromHexString(One), compressed: true, out var publicKey);
        foreach (var (r, s) in new[] { (Zero, One), (One, Zero), (Order, One), (One, Order) })
        {
            var signature = Convert.FromHexString(r + s);
            Assert.False(backend.Verify(publicKey, digest, signature));
            Assert.False(backend.TryRecover(digest, signature, 0, out _));
        }

        Assert.False(backend.TryRecover(digest, Convert.FromHexString(One + One), 4, out _));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Recovery_of_the_point_at_infinity_is_refused(string name)
    {
        // With r = x(G), parity of G and s = e, Q = r^-1 (sG - eG) is infinity.
        var digest = SHA256.HashData("infinity"u8);
        byte[] signature = [.. Convert.FromHexString("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798"), .. digest];
        Assert.False(Backend(name).TryRecover(digest, signature, 0, out _));
        Assert.True(Backend(name).TryRecover(digest, signature, 1, out _));
    }

    [Theory]
    [InlineData("3006020101020101", true)]
    [InlineData("30060201010201", false)]
    [InlineData("300602010102010100", false)]
    [InlineData("30070201010201010500", false)]
    [InlineData("308106020101020101", false)]
    [InlineData("3080020101020101", false)]
    [InlineData("3106020101020101", false)]
    [InlineData("3006030101020101", false)]
    [InlineData("3006020181020101", false)]
    [InlineData("300702020001020101", false)]
    [InlineData("30050200020101", false)]
    [InlineData("300702810101020101", false)]
    [InlineData("3000", false)]
    [InlineData("", false)]
    public void Der_is_read_in_its_one_canonical_form_only(string hex, bool isCanonical) =>
        Assert.Equal(isCanonical, DerSignature.TryRead(Convert.FromHexString(hex), new byte[64]));

    private static Secp256k1Backend Backend(string name)
    {
        if (name == "managed")
        {
            return new ManagedSecp256k1();
        }

        var native = NativeSecp256k1.TryLoad();
        Assert.SkipWhen(native is null, "libsecp256k1 is not installed");
        return native;
    }

    private static byte[] Sign(Secp256k1Backend backend, byte[] digest, byte[] key, out int recoveryId)
    {
        var signature = new byte[64];
        Assert.True(backend.TrySign(digest, key, signature, out recoveryId));
        return signature;
    }

    // Keys and digests at the edges of the range, digests above n among them, then a chain of hashes.
    private static IEnumerable<(byte[] Key, byte[] Digest)> Samples(int count)
    {
        string[] edges = [One, OrderLess1];
        string[] digests = [Zero, One, OrderLess1, Order, new string('F', 64)];
        foreach (var key in edges)
        {
            foreach (var digest in digests)
            {
                yield return (Convert.FromHexString(key), Convert.FromHexString(digest));
            }
        }

        var seed = SHA256.HashData("samples"u8);
        for (var i = 0; i < count; i++)
        {
            var next = SHA256.HashData(seed);
            yield return (seed, next);
            seed = next;
        }
    }

    private static byte[] Der(byte[] rs)
    {
        byte[] r = Integer(rs.AsSpan(0, 32));
        byte[] s = Integer(rs.AsSpan(32));
        return [0x30, (byte)(r.Length + s.Length), .. r, .. s];

        static byte[] Integer(ReadOnlySpan<byte> scalar)
        {
            var bytes = UInt256(scalar).ToByteArray(isUnsigned: false, isBigEndian: true);
            return [0x02, (byte)bytes.Length, .. bytes];
        }
    }

    private static System.Numerics.BigInteger UInt256(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
