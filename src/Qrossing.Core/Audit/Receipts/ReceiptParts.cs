using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Core.Effects;
using Qrossing.Core.Webhooks;

namespace Qrossing.Core.Audit.Receipts;

/// <summary>The members of a receipt.</summary>
internal static class ReceiptParts
{
    public static JsonObject Effect(Effect effect) => Compact(new JsonObject
    {
        ["id"] = effect.Id.Text,
        ["tenant"] = effect.Tenant.Text,
        ["kind"] = effect.Kind,
        ["connection"] = effect.Connection,
        ["principal"] = effect.Client,
        ["requestDigest"] = effect.RequestDigest,
        ["outcome"] = Snake(effect.State.Outcome),
        ["phase"] = Snake(effect.State.Phase),
        ["finality"] = effect.State.Finality is { } finality ? Snake(finality) : null,
        ["reason"] = effect.Reason,
        ["createdAt"] = AuditEntry.Text(effect.CreatedAt),
        ["updatedAt"] = AuditEntry.Text(effect.UpdatedAt),
    });

    public static JsonObject Attempt(EffectAttempt attempt) => Compact(new JsonObject
    {
        ["number"] = attempt.Number,
        ["kind"] = attempt.Kind,
        ["startedAt"] = AuditEntry.Text(attempt.StartedAt),
        ["endedAt"] = attempt.EndedAt is { } ended ? AuditEntry.Text(ended) : null,
        ["evidence"] = attempt.Evidence,
        ["code"] = attempt.Code,
        ["peerCode"] = attempt.PeerCode,
        ["peerRequestId"] = attempt.PeerRequestId,
        ["peerReference"] = attempt.PeerReference,
    });

    /// <summary>Entry and payload stand as texts whose UTF-8 bytes are what is hashed, so that nobody needs a canonical form to check them.</summary>
    public static JsonObject Entry(AuditProof proof) => Compact(new JsonObject
    {
        ["leaf"] = proof.Record.Leaf,
        ["entry"] = Encoding.UTF8.GetString(proof.Record.Entry.Span),
        ["salt"] = proof.Payload is { } payload ? Convert.ToHexStringLower(payload.Salt) : null,
        ["payload"] = proof.Payload?.Text,
        ["proof"] = new JsonArray([.. proof.Path.Select(hash => (JsonNode)Convert.ToBase64String(hash))]),
    });

    public static JsonObject Delivery(Delivery delivery) => Compact(new JsonObject
    {
        ["id"] = delivery.Id.Text,
        ["subscription"] = delivery.Subscription.Text,
        ["eventId"] = delivery.EventId,
        ["sequence"] = delivery.Position.ToString(CultureInfo.InvariantCulture),
        ["status"] = Snake(delivery.Status),
        ["attempts"] = delivery.Attempts,
        ["responseStatus"] = delivery.ResponseStatus,
        ["reason"] = delivery.Reason,
        ["updatedAt"] = AuditEntry.Text(delivery.UpdatedAt),
    });

    private static string Snake<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Members without a value are left out.</summary>
    private static JsonObject Compact(JsonObject members)
    {
        foreach (var name in members.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            members.Remove(name);
        }

        return members;
    }
}
