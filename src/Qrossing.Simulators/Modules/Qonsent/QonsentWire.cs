using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Simulators.Modules.Qonsent;

/// <summary>What one identity may do with one resource; there is at most one grant per pair.</summary>
internal sealed record QonsentGrant
{
    public required string GrantId { get; init; }

    public required string Resource { get; init; }

    public required string Identity { get; init; }

    public required string[] Permissions { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public JsonElement? Conditions { get; init; }

    public required string GrantedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A grant without permissions is a revoked one.</summary>
    public bool Revoked => Permissions.Length == 0;
}

/// <summary>A policy: rules for audiences and resources given as patterns with <c>*</c>. Deleting one makes it inactive.</summary>
internal sealed record QonsentPolicy
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>global, dao or resource.</summary>
    public required string Scope { get; init; }

    public required bool Active { get; init; }

    public required QonsentRule[] Rules { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

internal sealed record QonsentRule(string Audience, string Resource, string[] Actions, JsonElement? Conditions = null);

/// <summary>Qonsent envelopes: successes without <c>code</c> and <c>message</c>, errors with <c>requestId</c> and <c>suggestedActions</c>.</summary>
internal static class QonsentWire
{
    public static ModuleAnswer Ok(ModuleCall call, JsonNode data, int status = 200) => new(status, EnvelopeWire.OkWithoutCode(data, call.Now));

    public static JsonObject Grant(QonsentGrant grant)
    {
        var data = new JsonObject
        {
            ["grantId"] = grant.GrantId,
            ["resource"] = grant.Resource,
            ["identity"] = grant.Identity,
            ["permissions"] = Strings(grant.Permissions),
            ["createdAt"] = Time(grant.CreatedAt),
        };
        AddExpiry(data, grant.ExpiresAt);
        return data;
    }

    public static JsonObject GrantWithConditions(QonsentGrant grant)
    {
        var data = Grant(grant);
        AddConditions(data, grant.Conditions);
        return data;
    }

    public static JsonObject ListedGrant(QonsentGrant grant)
    {
        var data = Grant(grant);
        data["grantedBy"] = grant.GrantedBy;
        return data;
    }

    public static JsonObject ListedPolicy(QonsentPolicy policy)
    {
        var data = new JsonObject
        {
            ["id"] = policy.Id,
            ["name"] = policy.Name,
            ["scope"] = policy.Scope,
            ["active"] = policy.Active,
            ["createdBy"] = policy.CreatedBy,
            ["createdAt"] = Time(policy.CreatedAt),
        };
        if (policy.Description is { } description)
        {
            data["description"] = description;
        }

        AddExpiry(data, policy.ExpiresAt);
        return data;
    }

    public static JsonObject Check(QonsentVerdict verdict, string checkId, DateTimeOffset now)
    {
        var data = new JsonObject { ["allowed"] = verdict.Allowed, ["reason"] = verdict.Reason };
        if (verdict.PolicyId is { } id)
        {
            data["policy"] = new JsonObject { ["id"] = id, ["name"] = verdict.PolicyName, ["type"] = verdict.PolicyType };
        }

        AddExpiry(data, verdict.ExpiresAt);
        AddConditions(data, verdict.Conditions);
        data["auditTrail"] = new JsonObject { ["checkId"] = checkId, ["timestamp"] = Time(now), ["source"] = verdict.Source };
        return data;
    }

    public static JsonObject Error(ModuleCall call, ModuleError error)
    {
        JsonObject? details = null;
        if (error.Violations.Count > 0)
        {
            details = new JsonObject
            {
                ["validation"] = new JsonArray([.. error.Violations.Select(violation => new JsonObject
                {
                    ["instancePath"] = violation.Field.Length == 0 ? "" : $"/{violation.Field.Replace('.', '/')}",
                    ["message"] = violation.Message,
                })]),
                ["validationContext"] = call.Method is "GET" ? "querystring" : "body",
            };
        }

        var body = EnvelopeWire.Error(error, details, call.Now);
        body["requestId"] = call.RequestId;
        body["suggestedActions"] = Strings(error.Status switch
        {
            400 => ["Compare the request with the contract"],
            401 => ["Send a valid identity or token"],
            403 => ["Ask the owner of the resource for the permission"],
            404 => ["Check the identifiers"],
            429 or 503 or 504 => ["Try again later"],
            _ => ["Ask the operator"],
        });
        return body;
    }

    public static JsonArray Strings(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);

    public static string Time(DateTimeOffset value) => MillisecondTimestampConverter.Format(value);

    private static void AddExpiry(JsonObject data, DateTimeOffset? expiresAt)
    {
        if (expiresAt is { } at)
        {
            data["expiresAt"] = Time(at);
        }
    }

    private static void AddConditions(JsonObject data, JsonElement? conditions)
    {
        if (conditions is not null)
        {
            data["conditions"] = EnvelopeWire.Node(conditions);
        }
    }
}
