using System.Security.Cryptography;
using System.Text;

namespace Qrossing.Core.Effects.Running;

/// <summary>What makes two requests the same: SHA-256 over method, path, sorted query, content type and the body's canonical form or hash (effects, Idempotency for callers).</summary>
public static class RequestFingerprint
{
    /// <summary>The fingerprint, lower-case hex.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path without query.</param>
    /// <param name="query">Query parameters in any order.</param>
    /// <param name="contentType">The media type as sent; empty without a body.</param>
    /// <param name="bodyHash">SHA-256 of the canonical JSON (RFC 8785) or of the raw body.</param>
    public static string Compute(string method, string path, IEnumerable<KeyValuePair<string, string>> query, string contentType, ReadOnlySpan<byte> bodyHash)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, method);
        Add(hash, path);
        foreach (var (name, value) in query.OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, value);
        }

        Add(hash, contentType);
        hash.AppendData(bodyHash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Every part carries its length, so that no two lists of parts read the same.
    private static void Add(IncrementalHash hash, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
