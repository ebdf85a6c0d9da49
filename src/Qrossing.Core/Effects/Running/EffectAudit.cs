using System.Text.Json.Nodes;
using Qrossing.Core.Audit;

namespace Qrossing.Core.Effects.Running;

/// <summary>The audit entries of an effect: one per transition, with its evidence.</summary>
internal static class EffectAudit
{
    /// <summary>The entry of a transition.</summary>
    public static AuditDraft Transition(Effect effect, EffectState before, Evidence? evidence, string actor, string? requestId, bool corrected)
    {
        var payload = new JsonObject
        {
            ["kind"] = effect.Kind,
            ["connection"] = effect.Connection,
            ["client"] = effect.Client,
            ["from"] = EffectText.Of(before.Phase),
            ["to"] = EffectText.Of(effect.State.Phase),
            ["version"] = effect.Version,
            ["requestDigest"] = effect.RequestDigest,
        };
        if (effect.State.Finality is { } finality)
        {
            payload["finality"] = EffectText.Of(finality);
        }

        if (effect.State.Phase == EffectPhase.Sending)
        {
            payload["attempt"] = effect.Attempts;
            payload["sendBy"] = effect.SendBy is { } sendBy ? UtcTime.Text(sendBy) : null;
        }

        if (corrected)
        {
            payload["corrected"] = true;
        }

        if (evidence is not null)
        {
            payload["evidence"] = Describe(evidence);
        }

        if (effect.Parent is { } parent)
        {
            payload["parent"] = parent.Text;
        }

        return new AuditDraft
        {
            Tenant = effect.Tenant,
            Action = $"effects.{EffectText.Of(effect.State.Phase)}",
            Actor = actor,
            Subject = effect.Id.Text,
            RequestId = requestId,
            Payload = payload,
        };
    }

    private static JsonObject Describe(Evidence evidence)
    {
        var described = new JsonObject { ["shows"] = evidence.Name };
        Add(described, "peerReference", evidence.PeerReference);
        if (evidence.Cause is { } fault)
        {
            described["fault"] = fault.Kind.ToString().ToLowerInvariant();
            described["code"] = fault.Code;
            Add(described, "peerCode", fault.PeerCode);
            Add(described, "peerRequestId", fault.PeerRequestId);
            Add(described, "peerText", fault.PeerText is { Length: > 2_000 } text ? text[..2_000] : fault.PeerText);
        }

        return described;
    }

    private static void Add(JsonObject target, string name, string? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
