using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Simulators.Modules.Qerberos;

/// <summary>An audit event as Qerberos keeps and shows it (its schema audit-event.json, which knows no severity).</summary>
internal sealed record QerberosEvent
{
    /// <summary>A UUID that the module assigns; one sent by the caller is not used.</summary>
    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string Ref { get; init; }

    public required QerberosActor Actor { get; init; }

    public required string Layer { get; init; }

    /// <summary>ALLOW, DENY or WARN.</summary>
    public required string Verdict { get; init; }

    public JsonElement? Details { get; init; }

    public string? Cid { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>CIDv0 of the event; the schema takes no other version.</summary>
    public string? IpfsCid { get; init; }
}

internal sealed record QerberosActor(string SquidId, string? SubId = null, string? DaoId = null);

/// <summary>Qerberos envelopes: complete ones, except the single event, which is bare; errors with <c>requestId</c>.</summary>
internal static class QerberosWire
{
    public static JsonObject Logged(ModuleCall call, QerberosEvent logged) => EnvelopeWire.Ok(
        "AUDIT_EVENT_LOGGED",
        "The event was logged.",
        new JsonObject { ["id"] = logged.Id, ["cid"] = logged.IpfsCid, ["timestamp"] = MillisecondTimestampConverter.Format(logged.Timestamp) },
        call.Now);

    public static JsonNode Event(QerberosEvent logged) => JsonSerializer.SerializeToNode(logged, ModulesJson.Default.QerberosEvent)!;

    public static JsonObject Risk(ModuleCall call, string code, string identity, QerberosRisk risk) => EnvelopeWire.Ok(
        code,
        "The risk was assessed.",
        new JsonObject
        {
            ["identity"] = identity,
            ["score"] = risk.Score,
            ["level"] = risk.Level,
            ["factors"] = new JsonArray([.. risk.Factors.Select(factor => new JsonObject { ["name"] = factor.Name, ["weight"] = factor.Weight, ["value"] = factor.Value })]),
            ["timestamp"] = MillisecondTimestampConverter.Format(call.Now),
            ["expiresAt"] = MillisecondTimestampConverter.Format(call.Now + QerberosRisk.Validity),
        },
        call.Now);

    public static JsonObject Error(ModuleCall call, ModuleError error)
    {
        JsonObject? details = null;
        if (error.Violations.Count > 0)
        {
            details = new JsonObject
            {
                ["errors"] = new JsonArray([.. error.Violations.Select(violation => new JsonObject
                {
                    ["field"] = violation.Field,
                    ["message"] = violation.Message,
                    ["value"] = EnvelopeWire.Node(violation.Value),
                })]),
            };
        }

        var body = EnvelopeWire.Error(error, details, call.Now);
        body["requestId"] = call.RequestId;
        return body;
    }
}
