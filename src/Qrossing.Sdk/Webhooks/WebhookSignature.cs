using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Qrossing.Sdk.Webhooks;

/// <summary>
/// Checks that a webhook comes from the gateway: Standard Webhooks 1.0, the symmetric scheme <c>v1</c> (HMAC-SHA256 over <c>id.timestamp.body</c>).
/// A message that was handled before is not recognised here: remember <see cref="WebhookHeaders.Id"/>.
/// </summary>
public static class WebhookSignature
{
    /// <summary>How far a timestamp may be from now in either direction unless stated otherwise. 5 minutes.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    private const string SecretPrefix = "whsec_";
    private const string VersionPrefix = "v1,";

    /// <summary>Checks a webhook. The time it takes does not depend on which secret or signature matches, or on where one differs.</summary>
    /// <param name="body">The body's exact bytes as received, before any parsing.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="secrets">The secrets in force, <c>whsec_...</c>: two while one is being replaced.</param>
    /// <param name="now">The time now.</param>
    /// <exception cref="ArgumentException">No secret is given, or one is not base64.</exception>
    public static WebhookVerdict Verify(ReadOnlySpan<byte> body, WebhookHeaders headers, IReadOnlyCollection<string> secrets, DateTimeOffset now) =>
        Verify(body, headers, secrets, now, DefaultTolerance);

    /// <summary>Checks a webhook with a tolerance of one's own.</summary>
    /// <param name="body">The body's exact bytes as received, before any parsing.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="secrets">The secrets in force, <c>whsec_...</c>.</param>
    /// <param name="now">The time now.</param>
    /// <param name="tolerance">How far the timestamp may be from now in either direction; whole seconds count.</param>
    /// <exception cref="ArgumentException">No secret is given, or one is not base64.</exception>
    public static WebhookVerdict Verify(ReadOnlySpan<byte> body, WebhookHeaders headers, IReadOnlyCollection<string> secrets, DateTimeOffset now, TimeSpan tolerance)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(secrets);
        var keys = secrets.Select(KeyOf).ToList();
        if (keys.Count == 0)
        {
            throw new ArgumentException("No secret is given.", nameof(secrets));
        }

        if (headers is not { Id.Length: > 0, Timestamp.Length: > 0, Signature.Length: > 0 }
            || !long.TryParse(headers.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return WebhookVerdict.Malformed;
        }

        var offset = (decimal)now.ToUnixTimeSeconds() - seconds;
        if (Math.Abs(offset) > Math.Floor((decimal)tolerance.TotalSeconds))
        {
            return WebhookVerdict.OutOfTime;
        }

        return Matches(body, headers, keys) ? WebhookVerdict.Valid : WebhookVerdict.Wrong;
    }

    private static bool Matches(ReadOnlySpan<byte> body, WebhookHeaders headers, List<byte[]> keys)
    {
        var signed = Encoding.UTF8.GetBytes($"{headers.Id}.{headers.Timestamp}.");
        var given = headers.Signature!.Split(' ')
            .Where(static text => text.StartsWith(VersionPrefix, StringComparison.Ordinal))
            .Select(static text => Encoding.UTF8.GetBytes(text[VersionPrefix.Length..]))
            .ToList();
        var matches = false;
        foreach (var key in keys)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hmac.AppendData(signed);
            hmac.AppendData(body);
            var expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(hmac.GetHashAndReset()));
            foreach (var signature in given)
            {
                // No early end: every pair is compared.
                matches |= CryptographicOperations.FixedTimeEquals(signature, expected);
            }
        }

        return matches;
    }

    private static byte[] KeyOf(string secret)
    {
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        var key = new byte[text.Length];
        return text.Length > 0 && Convert.TryFromBase64String(text, key, out var length) && length > 0
            ? key[..length]
            : throw new ArgumentException("A webhook secret is 'whsec_' and base64.", nameof(secret));
    }
}
