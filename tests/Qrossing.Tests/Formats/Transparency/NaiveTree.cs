using System.Security.Cryptography;

namespace Qrossing.Tests.Formats.Transparency;

/// <summary>RFC 6962 section 2.1 as it is written there: recursive, over all leaves.</summary>
internal static class NaiveTree
{
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0)
        {
            return SHA256.HashData([]);
        }

        if (leaves.Length == 1)
        {
            return SHA256.HashData([0x00, .. leaves[0]]);
        }

        var k = Split(leaves.Length);
        return SHA256.HashData([0x01, .. Root(leaves[..k]), .. Root(leaves[k..])]);
    }

    public static List<byte[]> Path(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var k = Split(leaves.Length);
        return index < k
            ? [.. Path(index, leaves[..k]), Root(leaves[k..])]
            : [.. Path(index - k, leaves[k..]), Root(leaves[..k])];
    }

    public static List<byte[]> Proof(int oldSize, ReadOnlySpan<byte[]> leaves, bool isWhole = true)
    {
        if (oldSize == leaves.Length)
        {
            return isWhole ? [] : [Root(leaves)];
        }

        var k = Split(leaves.Length);
        return oldSize <= k
            ? [.. Proof(oldSize, leaves[..k], isWhole), Root(leaves[k..])]
            : [.. Proof(oldSize - k, leaves[k..], isWhole: false), Root(leaves[..k])];
    }

    private static int Split(int count)
    {
        var k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }
}
