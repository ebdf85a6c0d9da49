using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Qrossing.Core.Webhooks;

/// <summary>Secrets and signatures of Standard Webhooks 1.0, symmetric scheme <c>v1</c>.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";

    /// <summary>The specification asks for 24 to 64 bytes.</summary>
    private const int Length = 32;

    /// <summary>The bytes of a new secret.</summary>
    public static byte[] New() => RandomNumberGenerator.GetBytes(Length);

    /// <summary>The secret as its owner gets it.</summary>
    public static string ToText(ReadOnlySpan<byte> secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>The value of <c>webhook-signature</c>: one signature over <c>id.timestamp.body</c> for each secret that is live, the newest first.</summary>
    public static string Sign(IReadOnlyList<byte[]> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var start = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var signatures = new string[secrets.Count];
        for (var i = 0; i < signatures.Length; i++)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secrets[i]);
            hmac.AppendData(start);
            hmac.AppendData(body);
            signatures[i] = "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
        }

        return string.Join(' ', signatures);
    }
}
