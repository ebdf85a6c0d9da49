using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Qrossing.Formats.Ipld;

/// <summary>A hash function of the multicodec table, with its full digest length.</summary>
public sealed class MultihashFunction
{
    private const int MaxBlake2bLength = 64;
    private const int MaxBlake2sLength = 32;
    private const ulong Blake2bBase = 0xb200;
    private const ulong Blake2sBase = 0xb240;

    private readonly Func<ReadOnlySpan<byte>, byte[]> _digest;

    private MultihashFunction(string name, ulong code, int? length, Func<ReadOnlySpan<byte>, byte[]> digest) =>
        (Name, Code, Length, _digest) = (name, code, length, digest);

    /// <summary>The identity "hash": the digest is the content.</summary>
    public static MultihashFunction Identity { get; } = new("identity", 0x00, null, content => content.ToArray());

    /// <summary>SHA-256, the function of the default CID profile.</summary>
    public static MultihashFunction Sha256 { get; } = new("sha2-256", 0x12, SHA256.HashSizeInBytes, SHA256.HashData);

    /// <summary>Every function that can be computed here.</summary>
    public static IReadOnlyList<MultihashFunction> All { get; } =
    [
        Identity,
#pragma warning disable RS0030, CA5350 // sha1 is part of the multihash table; old content is addressed with it.
        new("sha1", 0x11, SHA1.HashSizeInBytes, SHA1.HashData),
#pragma warning restore RS0030, CA5350
        Sha256,
        new("sha2-512", 0x13, SHA512.HashSizeInBytes, SHA512.HashData),
        new("sha3-512", 0x14, 64, content => Digest(new Sha3Digest(512), content)),
        new("sha3-384", 0x15, 48, content => Digest(new Sha3Digest(384), content)),
        new("sha3-256", 0x16, 32, content => Digest(new Sha3Digest(256), content)),
        new("sha3-224", 0x17, 28, content => Digest(new Sha3Digest(224), content)),
        new("keccak-224", 0x1a, 28, content => Digest(new KeccakDigest(224), content)),
        new("keccak-256", 0x1b, 32, content => Digest(new KeccakDigest(256), content)),
        new("keccak-384", 0x1c, 48, content => Digest(new KeccakDigest(384), content)),
        new("keccak-512", 0x1d, 64, content => Digest(new KeccakDigest(512), content)),
        new("sha2-384", 0x20, SHA384.HashSizeInBytes, SHA384.HashData),
        new("dbl-sha2-256", 0x56, SHA256.HashSizeInBytes, content => SHA256.HashData(SHA256.HashData(content))),
        .. Enumerable.Range(1, MaxBlake2bLength).Select(length => new MultihashFunction(
            $"blake2b-{length * 8}", Blake2bBase + (ulong)length, length, content => Digest(new Blake2bDigest(length * 8), content))),
        .. Enumerable.Range(1, MaxBlake2sLength).Select(length => new MultihashFunction(
            $"blake2s-{length * 8}", Blake2sBase + (ulong)length, length, content => Digest(new Blake2sDigest(length * 8), content))),
    ];

    /// <summary>Name in the multicodec table, such as <c>sha2-256</c>.</summary>
    public string Name { get; }

    /// <summary>Code in the multicodec table.</summary>
    public ulong Code { get; }

    /// <summary>Bytes of a full digest; null where the content decides (identity).</summary>
    public int? Length { get; }

    public static bool TryFind(ulong code, [NotNullWhen(true)] out MultihashFunction? function) =>
        (function = All.FirstOrDefault(known => known.Code == code)) is not null;

    public static bool TryFind(string name, [NotNullWhen(true)] out MultihashFunction? function) =>
        (function = All.FirstOrDefault(known => known.Name == name)) is not null;

    /// <summary>The full digest of the content.</summary>
    public byte[] Digest(ReadOnlySpan<byte> content) => _digest(content);

    private static byte[] Digest(IDigest digest, ReadOnlySpan<byte> content)
    {
        digest.BlockUpdate(content);
        var output = new byte[digest.GetDigestSize()];
        digest.DoFinal(output);
        return output;
    }
}
