using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Ipld;

/// <summary>A self-describing digest: function code, length, digest (multiformats/multihash).</summary>
public sealed class Multihash : IEquatable<Multihash>
{
    /// <summary>Longest digest taken, in bytes; the limit other implementations set for digests and inlined content.</summary>
    public const int MaxDigestLength = 128;

    private readonly byte[] _digest;

    private Multihash(ulong code, byte[] digest) => (Code, _digest) = (code, digest);

    /// <summary>Code of the function in the multicodec table; it need not be one that can be computed here.</summary>
    public ulong Code { get; }

    public ReadOnlySpan<byte> Digest => _digest;

    /// <summary>The multihash of the content; false for <see cref="MultihashFunction.Identity"/> of more than <see cref="MaxDigestLength"/> bytes.</summary>
    public static bool TryOf(MultihashFunction function, ReadOnlySpan<byte> content, [NotNullWhen(true)] out Multihash? multihash)
    {
        var digest = function.Digest(content);
        multihash = digest.Length <= MaxDigestLength ? new Multihash(function.Code, digest) : null;
        return multihash is not null;
    }

    /// <summary>The multihash of a SHA-256 digest computed elsewhere.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static Multihash FromSha256(ReadOnlySpan<byte> digest) => digest.Length == MultihashFunction.Sha256.Length
        ? new Multihash(MultihashFunction.Sha256.Code, digest.ToArray())
        : throw new ArgumentException("A SHA-256 digest has 32 bytes.", nameof(digest));

    /// <summary>Reads a multihash that fills the bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Multihash? multihash)
    {
        if (TryTake(ref bytes, out multihash) && bytes.IsEmpty)
        {
            return true;
        }

        multihash = null;
        return false;
    }

    /// <summary>Reads the multihash the bytes start with and moves behind it.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Multihash? multihash)
    {
        multihash = null;
        if (!Varint.TryTake(ref bytes, out var code) || !Varint.TryTake(ref bytes, out var length)
            || length > MaxDigestLength || length > (ulong)bytes.Length)
        {
            return false;
        }

        multihash = new Multihash(code, bytes[..(int)length].ToArray());
        bytes = bytes[(int)length..];
        return true;
    }

    public byte[] ToBytes()
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output);
        return output.WrittenSpan.ToArray();
    }

    public void Write(IBufferWriter<byte> output)
    {
        Varint.Write(Code, output);
        Varint.Write((ulong)_digest.Length, output);
        output.Write(_digest);
    }

    /// <summary>
    /// Whether this is the full digest of the content. A function that cannot be computed here and a shortened digest,
    /// which others could forge, verify nothing.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> content) =>
        MultihashFunction.TryFind(Code, out var function)
        && (function.Length is null || function.Length == _digest.Length)
        && function.Digest(content).AsSpan().SequenceEqual(_digest);

    public bool Equals(Multihash? other) => other is not null && Code == other.Code && _digest.AsSpan().SequenceEqual(other._digest);

    public override bool Equals(object? obj) => Equals(obj as Multihash);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Code);
        hash.AddBytes(_digest);
        return hash.ToHashCode();
    }
}
