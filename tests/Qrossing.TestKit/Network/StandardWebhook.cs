using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Qrossing.TestKit.Network;

/// <summary>
/// Standard Webhooks 1.0, the symmetric scheme <c>v1</c>: HMAC-SHA256 over <c>{id}.{timestamp}.{body}</c>. Written from the
/// specification and independent of the gateway's own signer, which it checks.
/// </summary>
public static class StandardWebhook
{
    /// <summary>How far a timestamp may be off in either direction. 5 minutes, as in the reference libraries.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string SecretPrefix = "whsec_";
    private const string VersionPrefix = "v1,";

    public static SignatureVerdict Check(string secret, IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!headers.TryGetValue("webhook-id", out var id) || id.Length == 0
            || !headers.TryGetValue("webhook-timestamp", out var timestamp)
            || !headers.TryGetValue("webhook-signature", out var signatures)
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return SignatureVerdict.Malformed;
        }

        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
        {
            return SignatureVerdict.Expired;
        }

        var expected = Encoding.ASCII.GetBytes(Sign(secret, id, timestamp, body));
        return Array.Exists(signatures.Split(' '), candidate => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(candidate), expected))
            ? SignatureVerdict.Valid
            : SignatureVerdict.Wrong;
    }

    /// <summary>The value of <c>webhook-signature</c>: <c>v1,</c> and the base64 of the HMAC.</summary>
    public static string Sign(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var key = Convert.FromBase64String(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return VersionPrefix + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
