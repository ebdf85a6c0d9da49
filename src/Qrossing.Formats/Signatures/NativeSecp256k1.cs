using System.Security.Cryptography;

namespace Qrossing.Formats.Signatures;

/// <summary>secp256k1 on libsecp256k1, constant-time, with one blinded context for the whole process.</summary>
internal sealed class NativeSecp256k1 : Secp256k1Backend
{
    // The library fixed these sizes in its interface: opaque keys and signatures are 64 bytes, recoverable signatures 65.
    private const int OpaqueLength = 64;
    private const int RecoverableLength = 65;

    private static readonly Lazy<NativeSecp256k1?> Loaded = new(Load);

    private readonly nint _context;

    private NativeSecp256k1(nint context) => _context = context;

    public override string Name => "libsecp256k1";

    /// <summary>The one instance of the process, or null where the library or its recovery module is missing.</summary>
    public static NativeSecp256k1? TryLoad() => Loaded.Value;

    protected override bool Sign(ReadOnlySpan<byte> reducedDigest, ReadOnlySpan<byte> privateKey, Span<byte> rs, out int recoveryId)
    {
        Span<byte> signature = stackalloc byte[RecoverableLength];

        // No nonce function given: the library's default, RFC 6979 without extra data. It always normalises S.
        return Secp256k1Native.SignRecoverable(_context, signature, reducedDigest, privateKey, nonceFunction: 0, nonceData: 0) == 1
            & Secp256k1Native.SerializeRecoverable(_context, rs, out recoveryId, signature) == 1;
    }

    protected override bool VerifyScalars(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> rs)
    {
        Span<byte> key = stackalloc byte[OpaqueLength];
        Span<byte> signature = stackalloc byte[OpaqueLength];
        if (Secp256k1Native.ParsePublicKey(_context, key, publicKey, (nuint)publicKey.Length) != 1
            || Secp256k1Native.ParseCompact(_context, signature, rs) != 1)
        {
            return false;
        }

        // The library verifies low S only; (r, n - s) is valid exactly when (r, s) is.
        Secp256k1Native.Normalize(_context, signature, signature);
        return Secp256k1Native.Verify(_context, signature, digest, key) == 1;
    }

    protected override bool Recover(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> rs, int recoveryId, out byte[] uncompressed)
    {
        uncompressed = [];
        Span<byte> signature = stackalloc byte[RecoverableLength];
        Span<byte> key = stackalloc byte[OpaqueLength];
        if (Secp256k1Native.ParseRecoverable(_context, signature, rs, recoveryId) != 1
            || Secp256k1Native.Recover(_context, key, signature, digest) != 1)
        {
            return false;
        }

        uncompressed = Serialize(key, compressed: false);
        return true;
    }

    protected override byte[] DerivePublicKey(ReadOnlySpan<byte> privateKey, bool compressed)
    {
        Span<byte> key = stackalloc byte[OpaqueLength];
        return Secp256k1Native.CreatePublicKey(_context, key, privateKey) == 1
            ? Serialize(key, compressed)
            : throw new CryptographicException("libsecp256k1 refused a private key in range.");
    }

    private static NativeSecp256k1? Load()
    {
        if (!Secp256k1Native.IsAvailable)
        {
            return null;
        }

        // Created once and never changed after this, so that all threads may use it; it lives as long as the process.
        var context = Secp256k1Native.CreateContext(Secp256k1Native.ContextNone);
        Span<byte> seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(seed);
        var blinded = context != 0 && Secp256k1Native.Randomize(context, seed) == 1;
        CryptographicOperations.ZeroMemory(seed);
        return blinded ? new NativeSecp256k1(context) : null;
    }

    private byte[] Serialize(ReadOnlySpan<byte> key, bool compressed)
    {
        var encoded = new byte[compressed ? 33 : 65];
        var length = (nuint)encoded.Length;
        Secp256k1Native.SerializePublicKey(_context, encoded, ref length, key, compressed ? Secp256k1Native.Compressed : Secp256k1Native.Uncompressed);
        return encoded;
    }
}
