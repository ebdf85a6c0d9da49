using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Simulators.Modules.Squid;

/// <summary>An identity as sQuid answers it. Ids are bare UUIDs, whatever the other modules expect.</summary>
internal sealed record SquidIdentity
{
    public required string Did { get; init; }

    public required string Name { get; init; }

    /// <summary>ROOT, DAO, ENTERPRISE, CONSENTIDA or AID.</summary>
    public required string Type { get; init; }

    public string? ParentId { get; init; }

    public required string RootId { get; init; }

    /// <summary>Ids of the sub-identities that are not deleted. Filled in when answering, not stored.</summary>
    public string[] Children { get; init; } = [];

    public required int Depth { get; init; }

    public required string[] Path { get; init; }

    /// <summary>ACTIVE, INACTIVE, SUSPENDED, DELETED or PENDING_VERIFICATION.</summary>
    public required string Status { get; init; }

    /// <summary>UNVERIFIED, BASIC, ENHANCED or INSTITUTIONAL.</summary>
    public required string VerificationLevel { get; init; }

    /// <summary>0 to 1000; a new root has 100, a sub-identity 80 % of its parent's.</summary>
    public required int Reputation { get; init; }

    public required string GovernanceType { get; init; }

    public required string PrivacyLevel { get; init; }

    public required string PublicKey { get; init; }

    public bool QindexRegistered { get; init; }

    public required SquidKyc Kyc { get; init; }

    public string? Description { get; init; }

    public string? Avatar { get; init; }

    public string[]? Tags { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset LastUsed { get; init; }

    public JsonElement? Metadata { get; init; }
}

/// <summary>State of the "know your customer" submission. Of the document only the last four characters are kept.</summary>
internal sealed record SquidKyc
{
    public bool Required { get; init; }

    public bool Submitted { get; init; }

    public bool Approved { get; init; }

    public string? Level { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public string? DocumentType { get; init; }

    public string? DocumentIdentifier { get; init; }
}

/// <summary>sQuid envelopes: complete, with <c>requestId</c>; only the reputation goes without <c>code</c> and <c>message</c>.</summary>
internal static class SquidWire
{
    public static JsonObject Ok(ModuleCall call, string code, string message, SquidIdentity? identity)
    {
        var body = EnvelopeWire.Ok(code, message, identity is null ? null : JsonSerializer.SerializeToNode(identity, ModulesJson.Default.SquidIdentity), call.Now);
        body["requestId"] = call.RequestId;
        return body;
    }

    public static JsonObject Reputation(ModuleCall call, SquidIdentity identity)
    {
        var body = EnvelopeWire.OkWithoutCode(
            new JsonObject
            {
                ["identityId"] = identity.Did,
                ["score"] = identity.Reputation,
                ["level"] = identity.Reputation switch { >= 800 => "AUTHORITY", >= 600 => "EXPERT", >= 300 => "TRUSTED", _ => "NOVICE" },
                ["lastUpdated"] = MillisecondTimestampConverter.Format(identity.UpdatedAt),
            },
            call.Now);
        body["requestId"] = call.RequestId;
        return body;
    }

    public static JsonObject Error(ModuleCall call, ModuleError error)
    {
        JsonObject? details = null;
        if (error.Violations.Count > 0)
        {
            details = new JsonObject
            {
                ["errors"] = new JsonArray([.. error.Violations.Select(violation => new JsonObject
                {
                    ["type"] = "field",
                    ["location"] = "body",
                    ["path"] = violation.Field,
                    ["msg"] = violation.Message,
                })]),
            };
        }

        var body = EnvelopeWire.Error(error, details, call.Now);
        body["requestId"] = call.RequestId;
        return body;
    }
}
