using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Qrossing.Simulators.Modules.Squid;

/// <summary>
/// sQuid's own signature, as weak as it is: <c>x-sig</c> is the hex SHA-256 of <c>x-message</c>, a colon and the identity's "public key", so whoever
/// can read an identity can sign for it. <c>x-message</c> is <c>{action, timestamp, did}</c>, at most five minutes off; there is no nonce.
/// </summary>
internal static class SquidAuthenticationPolicy
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>The identity that signed, or why there is none.</summary>
    public static (SquidIdentity? Identity, ModuleError? Error) Authenticate(ModuleCall call, SquidStore store)
    {
        if (call.Header("x-squid-id") is not { } id || call.Header("x-sig") is not { } signature || call.Header("x-ts") is null || call.Header("x-message") is not { } message)
        {
            return (null, new ModuleError(401, "SQUID_AUTH_REQUIRED", "The headers x-squid-id, x-sig, x-ts and x-message are needed."));
        }

        if (CheckMessage(call, id, message) is { } error)
        {
            return (null, error);
        }

        if (store.Find(id) is not { } identity)
        {
            return (null, new ModuleError(401, "SQUID_IDENTITY_NOT_FOUND", "There is no such identity."));
        }

        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{message}:{identity.PublicKey}")));
        return signature == expected
            ? (identity, null)
            : (null, new ModuleError(401, "SQUID_INVALID_SIGNATURE", "The signature is not that of the identity."));
    }

    /// <summary>An owner may change itself and its direct sub-identities.</summary>
    public static ModuleError? Owns(SquidIdentity identity, string target) => identity.Did == target || identity.Children.Contains(target)
        ? null
        : new ModuleError(403, "SQUID_INSUFFICIENT_PERMISSIONS", "Only an identity's owner may do this.");

    private static ModuleError? CheckMessage(ModuleCall call, string id, string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var check = new BodyCheck(document.RootElement);
            check.String("action", required: true);
            var did = check.String("did", required: true);
            if (Timestamp(check) is not { } timestamp || !check.Ok)
            {
                return new ModuleError(400, "SQUID_INVALID_MESSAGE_STRUCTURE", "The message needs action, timestamp and did.");
            }

            if (did != id)
            {
                return new ModuleError(400, "SQUID_DID_MISMATCH", "The message names another identity than x-squid-id.");
            }

            return (call.Now - timestamp).Duration() > Window
                ? new ModuleError(401, "SQUID_MESSAGE_EXPIRED", "The message's timestamp is more than five minutes off.")
                : null;
        }
        catch (JsonException)
        {
            return new ModuleError(400, "SQUID_INVALID_MESSAGE", "x-message must be JSON.");
        }
    }

    /// <summary>ISO text or epoch milliseconds: sQuid hands the member to the JavaScript Date constructor, which takes both.</summary>
    private static DateTimeOffset? Timestamp(BodyCheck check) =>
        check.Any("timestamp") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var milliseconds) && milliseconds is > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : check.Instant("timestamp", required: true);
}
