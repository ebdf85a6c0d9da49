using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Qrossing.Formats.Ipld;

/// <summary>
/// Self-describing base encodings (multiformats/multibase). Decoding is strict: exact padding, no stray bits, no characters
/// outside the alphabet; bases 16, 32 (not z) and 36 take either case, as the specification's tests demand.
/// </summary>
public static class Multibase
{
    private const string HexAlphabet = "0123456789abcdef";
    private const string Base32Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const string Base32HexAlphabet = "0123456789abcdefghijklmnopqrstuv";
    private const string Base36Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const string Base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const string Base64UrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly FrozenDictionary<MultibaseEncoding, Entry> Entries = new Dictionary<MultibaseEncoding, Entry>
    {
        [MultibaseEncoding.Identity] = new("\0", new IdentityBase()),
        [MultibaseEncoding.Base2] = new("0", new BitBase("01", bits: 1)),
        [MultibaseEncoding.Base8] = new("7", new BitBase("01234567", bits: 3)),
        [MultibaseEncoding.Base10] = new("9", new RadixBase("0123456789")),
        [MultibaseEncoding.Base16] = new("f", new BitBase(HexAlphabet, bits: 4, anyCase: true)),
        [MultibaseEncoding.Base16Upper] = new("F", new BitBase(HexAlphabet.ToUpperInvariant(), bits: 4, anyCase: true)),
        [MultibaseEncoding.Base32Hex] = new("v", new BitBase(Base32HexAlphabet, bits: 5, anyCase: true)),
        [MultibaseEncoding.Base32HexUpper] = new("V", new BitBase(Base32HexAlphabet.ToUpperInvariant(), bits: 5, anyCase: true)),
        [MultibaseEncoding.Base32HexPad] = new("t", new BitBase(Base32HexAlphabet, bits: 5, padTo: 8, anyCase: true)),
        [MultibaseEncoding.Base32HexPadUpper] = new("T", new BitBase(Base32HexAlphabet.ToUpperInvariant(), bits: 5, padTo: 8, anyCase: true)),
        [MultibaseEncoding.Base32] = new("b", new BitBase(Base32Alphabet, bits: 5, anyCase: true)),
        [MultibaseEncoding.Base32Upper] = new("B", new BitBase(Base32Alphabet.ToUpperInvariant(), bits: 5, anyCase: true)),
        [MultibaseEncoding.Base32Pad] = new("c", new BitBase(Base32Alphabet, bits: 5, padTo: 8, anyCase: true)),
        [MultibaseEncoding.Base32PadUpper] = new("C", new BitBase(Base32Alphabet.ToUpperInvariant(), bits: 5, padTo: 8, anyCase: true)),
        [MultibaseEncoding.Base32Z] = new("h", new BitBase("ybndrfg8ejkmcpqxot1uwisza345h769", bits: 5)),
        [MultibaseEncoding.Base36] = new("k", new RadixBase(Base36Alphabet, anyCase: true)),
        [MultibaseEncoding.Base36Upper] = new("K", new RadixBase(Base36Alphabet.ToUpperInvariant(), anyCase: true)),
        [MultibaseEncoding.Base58Btc] = new("z", new RadixBase("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")),
        [MultibaseEncoding.Base58Flickr] = new("Z", new RadixBase("123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ")),
        [MultibaseEncoding.Base64] = new("m", new BitBase(Base64Alphabet, bits: 6)),
        [MultibaseEncoding.Base64Pad] = new("M", new BitBase(Base64Alphabet, bits: 6, padTo: 4)),
        [MultibaseEncoding.Base64Url] = new("u", new BitBase(Base64UrlAlphabet, bits: 6)),
        [MultibaseEncoding.Base64UrlPad] = new("U", new BitBase(Base64UrlAlphabet, bits: 6, padTo: 4)),
        [MultibaseEncoding.Base256Emoji] = new("\U0001F680", new EmojiBase()),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Rune, MultibaseEncoding> ByPrefix =
        Entries.ToFrozenDictionary(entry => Rune.GetRuneAt(entry.Value.Prefix, 0), entry => entry.Key);

    /// <summary>The bytes in the base, with its prefix. The bases that are no power of two take time quadratic in the length.</summary>
    /// <exception cref="ArgumentException"><see cref="MultibaseEncoding.Identity"/> of bytes that are not UTF-8.</exception>
    public static string Encode(MultibaseEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        var entry = Entries[encoding];
        return entry.Prefix + entry.Base.Encode(bytes);
    }

    /// <summary>The bytes of a text with prefix. Bound the length of foreign text first: bases 10, 36 and 58 take quadratic time.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes) =>
        TryDecode(text, out _, out bytes);

    /// <summary>The bytes of a text with prefix, and the base the prefix names.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out MultibaseEncoding encoding, [NotNullWhen(true)] out byte[]? bytes)
    {
        encoding = default;
        bytes = null;
        return Rune.DecodeFromUtf16(text, out var prefix, out var length) == OperationStatus.Done
            && ByPrefix.TryGetValue(prefix, out encoding)
            && Entries[encoding].Base.TryDecode(text[length..], out bytes);
    }

    private sealed record Entry(string Prefix, BaseEncoding Base);
}
