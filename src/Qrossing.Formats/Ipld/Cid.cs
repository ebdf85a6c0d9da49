using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Ipld;

/// <summary>A content identifier (multiformats/cid): version 0 (SHA-256 of dag-pb, text "Qm...") or version 1.</summary>
public sealed class Cid : IEquatable<Cid>
{
    // The longest digest in the widest base, with room for version and codec.
    private const int MaxTextLength = 2048;
    private const int Version0TextLength = 46;
    private const int Version0Length = 34;

    private Cid(int version, ulong codec, Multihash hash) => (Version, Codec, Hash) = (version, codec, hash);

    /// <summary>0 or 1.</summary>
    public int Version { get; }

    /// <summary>Code of the content's format in the multicodec table (<see cref="CidCodec"/>).</summary>
    public ulong Codec { get; }

    public Multihash Hash { get; }

    /// <summary>A CID of version 1.</summary>
    public static Cid Create(ulong codec, Multihash hash) => new(1, codec, hash);

    /// <summary>Reads the text form: version 0 in base58btc, version 1 in any multibase.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Cid? cid)
    {
        cid = null;
        if (text.Length > MaxTextLength)
        {
            return false;
        }

        var version0 = text.Length == Version0TextLength && text.StartsWith("Qm");
        byte[]? bytes;
        if (version0 ? !Multibase.TryDecode($"z{text}", out bytes) : !Multibase.TryDecode(text, out bytes))
        {
            return false;
        }

        // The specification reserves a multibase prefix before version 0 for the future.
        return TryParse(bytes.AsSpan(), out cid) && cid.Version == (version0 ? 0 : 1);
    }

    /// <summary>Reads the binary form, which must fill the bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Cid? cid)
    {
        if (TryTake(ref bytes, out cid) && bytes.IsEmpty)
        {
            return true;
        }

        cid = null;
        return false;
    }

    /// <summary>Reads the binary form the bytes start with and moves behind it.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Cid? cid)
    {
        cid = null;

        // A version 0 has no version: it is recognised by its multihash of 32 bytes of SHA-256.
        if (bytes is [0x12, 0x20, ..])
        {
            if (bytes.Length < Version0Length || !Multihash.TryTake(ref bytes, out var bare))
            {
                return false;
            }

            cid = new Cid(0, CidCodec.DagPb, bare);
            return true;
        }

        if (!Varint.TryTake(ref bytes, out var version) || version != 1
            || !Varint.TryTake(ref bytes, out var codec) || !Multihash.TryTake(ref bytes, out var hash))
        {
            return false;
        }

        cid = new Cid(1, codec, hash);
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
        if (Version != 0)
        {
            Varint.Write((ulong)Version, output);
            Varint.Write(Codec, output);
        }

        Hash.Write(output);
    }

    /// <summary>The usual text form: base58btc without prefix for version 0, base32 for version 1.</summary>
    public override string ToString() =>
        Version == 0 ? Multibase.Encode(MultibaseEncoding.Base58Btc, ToBytes())[1..] : ToString(MultibaseEncoding.Base32);

    /// <summary>A version 1 in the base.</summary>
    /// <exception cref="InvalidOperationException">Version 0 has one text form only.</exception>
    public string ToString(MultibaseEncoding encoding) => Version == 1
        ? Multibase.Encode(encoding, ToBytes())
        : throw new InvalidOperationException("A CID of version 0 has no multibase form.");

    public bool Equals(Cid? other) =>
        other is not null && Version == other.Version && Codec == other.Codec && Hash.Equals(other.Hash);

    public override bool Equals(object? obj) => Equals(obj as Cid);

    public override int GetHashCode() => HashCode.Combine(Version, Codec, Hash);
}
