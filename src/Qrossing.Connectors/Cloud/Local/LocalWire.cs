using System.Security.Cryptography;
using Qrossing.Formats.Ipld;

namespace Qrossing.Connectors.Cloud.Local;

/// <summary>
/// The layout of the directory, version 1. <c>blobs/&lt;last two characters of the CID&gt;/&lt;CID&gt;</c> is the content and nothing else;
/// beside it <c>&lt;CID&gt;.leaves</c> holds the SHA-256 of each 256 KiB chunk, 32 bytes each, in order. A CID is written as base32 of version 1.
/// </summary>
internal static class LocalWire
{
    public const string Blobs = "blobs/";

    public const int DigestBytes = SHA256.HashSizeInBytes;

    /// <summary>The last characters of a CID spread evenly; the first ones are the same for all.</summary>
    public static string BlobName(string cid) => $"{Blobs}{cid[^2..]}/{cid}";

    public static string LeavesName(string cid) => BlobName(cid) + ".leaves";

    /// <summary>The one form in which a CID names a file here; null when the text is no CID.</summary>
    public static string? CanonicalCid(string text) => Cid.TryParse(text, out var cid) ? cid.ToString() : null;

    /// <summary>Whether content of <paramref name="size"/> bytes with these chunks has this CID.</summary>
    public static bool Proves(ReadOnlySpan<byte> leafDigests, long size, string cid) =>
        size >= 0
        && leafDigests.Length == UnixFsLayout.LeafCount(size) * DigestBytes
        && UnixFsLayout.RootOf(leafDigests, size).ToString() == cid;
}
