using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Qrossing.Simulators.Modules.Qerberos;

/// <summary>Version 0 CIDs of small contents, as IPFS computes them for one chunk: base58btc of the SHA-256 multihash of the dag-pb node around a UnixFS file.</summary>
internal static partial class CidV0
{
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <param name="content">At most 256 KiB: larger ones would be split into several chunks.</param>
    public static string Of(ReadOnlySpan<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, 256 * 1024);

        // unixfs.Data { Type = File (1); Data (2, left out when empty); filesize (3) } inside merkledag.PBNode { Data (1) }.
        byte[] data = content.IsEmpty ? [] : [0x12, .. Varint(content.Length), .. content];
        byte[] unixFs = [0x08, 0x02, .. data, 0x18, .. Varint(content.Length)];
        byte[] node = [0x0A, .. Varint(unixFs.Length), .. unixFs];
        return Encode([0x12, 0x20, .. SHA256.HashData(node)]);
    }

    private static byte[] Varint(int value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    /// <summary>Base58 of bytes that do not begin with zero, as a multihash never does.</summary>
    private static string Encode(byte[] multihash)
    {
        var text = new StringBuilder();
        for (var rest = new BigInteger(multihash, isUnsigned: true, isBigEndian: true); rest > 0; rest /= 58)
        {
            text.Insert(0, Base58[(int)(rest % 58)]);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^Qm[1-9A-HJ-NP-Za-km-z]{44}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    public static partial Regex Pattern();
}
