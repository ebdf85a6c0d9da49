using System.Buffers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Qrossing.Formats.Ipld;

namespace Qrossing.Simulators.Modules.Qerberos;

/// <summary>
/// Version 0 CIDs of small contents, as IPFS gives them to one chunk: the SHA-256 multihash, in base58btc, of the dag-pb node around a UnixFS
/// file. The product's own profile has raw leaves and version 1, which Qerberos' schema refuses.
/// </summary>
internal static partial class CidV0
{
    /// <summary>The largest content that IPFS does not split.</summary>
    public const int MaxBytes = 256 * 1024;

    public static string Of(ReadOnlySpan<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, MaxBytes);

        // unixfs.Data { Type (1) = File; Data (2), left out when empty; filesize (3) }
        var file = new ArrayBufferWriter<byte>();
        file.Write<byte>([0x08, 0x02]);
        if (!content.IsEmpty)
        {
            WriteBytes(0x12, content, file);
        }

        file.Write<byte>([0x18]);
        Varint.Write((ulong)content.Length, file);

        // merkledag.PBNode { Data (1) }
        var node = new ArrayBufferWriter<byte>();
        WriteBytes(0x0A, file.WrittenSpan, node);
        return Multibase.Encode(MultibaseEncoding.Base58Btc, Multihash.FromSha256(SHA256.HashData(node.WrittenSpan)).ToBytes())[1..];
    }

    private static void WriteBytes(byte tag, ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        output.Write<byte>([tag]);
        Varint.Write((ulong)bytes.Length, output);
        output.Write(bytes);
    }

    [GeneratedRegex(@"^Qm[1-9A-HJ-NP-Za-km-z]{44}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    public static partial Regex Pattern();
}
