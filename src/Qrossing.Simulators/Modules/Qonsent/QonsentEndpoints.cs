using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Qrossing.Simulators.Modules.Qonsent;

/// <summary>Qonsent, mounted at <c>/api/v1/qonsent</c> below its prefix. Denies by default; granting and revoking need admin on the resource.</summary>
internal sealed partial class QonsentEndpoints : SimulatedModule
{
    private const string Base = "/api/v1/qonsent";

    private static readonly string[] Actions = ["read", "write", "delete", "admin", "share", "execute"];
    private static readonly string[] RuleActions = [.. Actions, "*"];
    private static readonly string[] Scopes = ["global", "dao", "resource"];

    private readonly QonsentStore _store;
    private readonly QonsentPermissionPolicy _permissions;
    private readonly DateTimeOffset _startedAt;

    public QonsentEndpoints(Journal journal, DateTimeOffset startedAt)
        : base(journal)
    {
        _store = new QonsentStore(journal);
        _permissions = new QonsentPermissionPolicy(_store);
        _startedAt = startedAt;
    }

    public override string Name => "qonsent";

    public override IReadOnlyList<ModuleRoute> Routes =>
    [
        new("GET", "/health", Health),
        new("POST", $"{Base}/check", call => Authenticated(call, _ => Check(call))),
        new("POST", $"{Base}/grant", call => Identified(call, by => Grant(call, by))),
        new("POST", $"{Base}/revoke", call => Identified(call, by => Revoke(call, by))),
        new("GET", $"{Base}/permissions", call => Authenticated(call, _ => Permissions(call))),
        new("GET", $"{Base}/policies", call => Authenticated(call, _ => Policies(call))),
        new("POST", $"{Base}/policies", call => Identified(call, by => CreatePolicy(call, by))),
        new("PUT", $"{Base}/policies/{{id}}", call => Identified(call, _ => UpdatePolicy(call))),
        new("DELETE", $"{Base}/policies/{{id}}", call => Identified(call, _ => DeletePolicy(call))),
    ];

    public override ModuleAnswer Error(ModuleCall call, ModuleError error) => new(error.Status, QonsentWire.Error(call, error));

    private ModuleAnswer Health(ModuleCall call) => new(200, new JsonObject
    {
        ["status"] = "ok",
        ["timestamp"] = QonsentWire.Time(call.Now),
        ["version"] = "2.0.0",
        ["uptime"] = (long)(call.Now - _startedAt).TotalSeconds,
        ["dependencies"] = new JsonObject(),
    });

    private ModuleAnswer Check(ModuleCall call)
    {
        var body = new BodyCheck(call.Body);
        var (resource, identity) = Subject(body);
        var action = body.String("action", required: true, oneOf: Actions);
        var context = body.Inside("context");
        context?.Instant("timestamp");
        context?.String("userAgent");
        context?.String("daoContext");
        var clientIp = context?.String("clientIp") ?? call.ClientIp;
        return body.Ok
            ? QonsentWire.Ok(call, QonsentWire.Check(_permissions.Check(resource!, identity!, action!, clientIp, call.Now), RandomIds.Uuid(), call.Now))
            : Error(call, ModuleError.Validation(body.Violations));
    }

    private ModuleAnswer Grant(ModuleCall call, string grantedBy)
    {
        var body = new BodyCheck(call.Body);
        var (resource, identity) = Subject(body);
        var permissions = body.Strings("permissions", required: true, minItems: 1, oneOf: Actions);
        var expiresAt = body.Instant("expiresAt");
        var conditions = Conditions(body);
        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations));
        }

        if (NotAdmin(call, resource!, grantedBy) is { } refusal)
        {
            return refusal;
        }

        var existing = _store.FindGrant(resource!, identity!);
        var grant = new QonsentGrant
        {
            GrantId = existing?.GrantId ?? RandomIds.Uuid(),
            Resource = resource!,
            Identity = identity!,
            Permissions = [.. (existing?.Permissions ?? []).Union(permissions!)],
            ExpiresAt = expiresAt,
            Conditions = conditions,
            GrantedBy = grantedBy,
            CreatedAt = existing?.CreatedAt ?? call.Now,
        };
        _store.Save("grant", grant, call.Now);
        return QonsentWire.Ok(call, QonsentWire.GrantWithConditions(grant));
    }

    private ModuleAnswer Revoke(ModuleCall call, string revokedBy)
    {
        var body = new BodyCheck(call.Body);
        var (resource, identity) = Subject(body);
        var permissions = body.Strings("permissions", oneOf: Actions) ?? [];
        body.String("reason");
        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations));
        }

        if (NotAdmin(call, resource!, revokedBy) is { } refusal)
        {
            return refusal;
        }

        if (_store.FindGrant(resource!, identity!) is not { Revoked: false } grant)
        {
            return Error(call, new ModuleError(404, "GRANT_NOT_FOUND", "There is no grant for this resource and identity."));
        }

        var revoked = permissions.Length == 0 ? grant.Permissions : [.. grant.Permissions.Intersect(permissions)];
        _store.Save("revoke", grant with { Permissions = [.. grant.Permissions.Except(revoked)] }, call.Now);
        return QonsentWire.Ok(call, new JsonObject
        {
            ["resource"] = resource,
            ["identity"] = identity,
            ["revokedPermissions"] = QonsentWire.Strings(revoked),
            ["revokedAt"] = QonsentWire.Time(call.Now),
        });
    }

    private ModuleAnswer Permissions(ModuleCall call)
    {
        var (resource, identity) = (call.Query("resource"), call.Query("identity"));
        return Page(call, "grants", _store.Grants
            .Where(grant => !grant.Revoked && (resource is null || grant.Resource == resource) && (identity is null || grant.Identity == identity))
            .OrderByDescending(grant => grant.CreatedAt)
            .Select(QonsentWire.ListedGrant));
    }

    private ModuleAnswer Policies(ModuleCall call)
    {
        var (resource, identity, scope) = (call.Query("resource"), call.Query("identity"), call.Query("scope"));
        return Page(call, "policies", _store.Policies
            .Where(policy => (scope is null || policy.Scope == scope)
                && (resource is null || policy.Rules.Any(rule => rule.Resource == resource))
                && (identity is null || policy.Rules.Any(rule => rule.Audience == identity)))
            .Select(QonsentWire.ListedPolicy));
    }

    private ModuleAnswer CreatePolicy(ModuleCall call, string createdBy)
    {
        var body = new BodyCheck(call.Body);
        var name = body.String("name", required: true, max: 100);
        var description = body.String("description", max: 500);
        var scope = body.String("scope", oneOf: Scopes) ?? "resource";
        var rules = Rules(body, required: true);
        var expiresAt = body.Instant("expiresAt");
        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations));
        }

        var policy = new QonsentPolicy
        {
            Id = RandomIds.ObjectId(),
            Name = name!,
            Description = description,
            Scope = scope,
            Active = true,
            Rules = rules!,
            CreatedBy = createdBy,
            CreatedAt = call.Now,
            UpdatedAt = call.Now,
            ExpiresAt = expiresAt,
        };
        _store.Save("create_policy", policy.Name, policy);
        return QonsentWire.Ok(
            call,
            new JsonObject { ["policyId"] = policy.Id, ["name"] = policy.Name, ["scope"] = policy.Scope, ["createdAt"] = QonsentWire.Time(policy.CreatedAt) },
            status: 201);
    }

    private ModuleAnswer UpdatePolicy(ModuleCall call)
    {
        var body = new BodyCheck(call.Body);
        var name = body.String("name", max: 100);
        var description = body.String("description", max: 500);
        var rules = Rules(body, required: false);
        var expiresAt = body.Instant("expiresAt");
        var active = body.Flag("active");
        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations));
        }

        if (_store.FindPolicy(call.Route("id")) is not { } policy)
        {
            return PolicyNotFound(call);
        }

        policy = policy with
        {
            Name = name ?? policy.Name,
            Description = description ?? policy.Description,
            Rules = rules ?? policy.Rules,
            ExpiresAt = expiresAt ?? policy.ExpiresAt,
            Active = active ?? policy.Active,
            UpdatedAt = call.Now,
        };
        _store.Save("update_policy", policy.Id, policy);
        return QonsentWire.Ok(call, new JsonObject { ["policyId"] = policy.Id, ["name"] = policy.Name, ["updatedAt"] = QonsentWire.Time(policy.UpdatedAt) });
    }

    private ModuleAnswer DeletePolicy(ModuleCall call)
    {
        if (_store.FindPolicy(call.Route("id")) is not { } policy)
        {
            return PolicyNotFound(call);
        }

        _store.Save("delete_policy", policy.Id, policy with { Active = false, UpdatedAt = call.Now });
        return QonsentWire.Ok(call, new JsonObject { ["policyId"] = policy.Id, ["deletedAt"] = QonsentWire.Time(call.Now) });
    }

    /// <summary>An identity header or a token must be there. Neither is verified: sQuid has none of the routes that Qonsent would ask.</summary>
    private ModuleAnswer Authenticated(ModuleCall call, Func<string?, ModuleAnswer> handler)
    {
        var squidId = call.Header("x-squid-id");
        if (squidId is null && call.Header("Authorization")?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return Error(call, new ModuleError(401, "INVALID_TOKEN", "A token or the header x-squid-id is needed."));
        }

        return call.Header("x-api-version") is null or "v1" or "v2"
            ? handler(squidId)
            : Error(call, new ModuleError(400, "VALIDATION_ERROR", "The API versions are v1 and v2."));
    }

    private ModuleAnswer Identified(ModuleCall call, Func<string, ModuleAnswer> handler) => Authenticated(call, squidId => squidId is not null
        ? handler(squidId)
        : Error(call, new ModuleError(403, "INSUFFICIENT_PERMISSIONS", "A change needs the header x-squid-id.")));

    private ModuleAnswer? NotAdmin(ModuleCall call, string resource, string identity) =>
        _permissions.Check(resource, identity, "admin", call.ClientIp, call.Now).Allowed
            ? null
            : Error(call, new ModuleError(403, "INSUFFICIENT_PERMISSIONS", "This needs admin on the resource."));

    private ModuleAnswer PolicyNotFound(ModuleCall call) => Error(call, new ModuleError(404, "POLICY_NOT_FOUND", "There is no such policy."));

    private ModuleAnswer Page(ModuleCall call, string member, IEnumerable<JsonObject> items)
    {
        List<Violation> violations = [];
        var limit = call.QueryNumber("limit", 50, 1, 100, violations);
        var offset = call.QueryNumber("offset", 0, 0, int.MaxValue, violations);
        if (violations.Count > 0)
        {
            return Error(call, ModuleError.Validation(violations));
        }

        var all = items.ToArray();
        return QonsentWire.Ok(call, new JsonObject
        {
            [member] = new JsonArray([.. all.Skip(offset).Take(limit)]),
            ["total"] = all.Length,
            ["limit"] = limit,
            ["offset"] = offset,
        });
    }

    private static (string? Resource, string? Identity) Subject(BodyCheck body) => (
        body.String("resource", required: true, pattern: ResourcePattern()),
        body.String("identity", required: true, pattern: IdentityPattern()));

    private static QonsentRule[]? Rules(BodyCheck body, bool required)
    {
        var rules = body.Each("rules", required).Select(rule => new QonsentRule(
            rule.String("audience", required: true) ?? "",
            rule.String("resource", required: true) ?? "",
            rule.Strings("actions", required: true, minItems: 1, oneOf: RuleActions) ?? [],
            Conditions(rule))).ToArray();
        if (rules.Length == 0 && body.Any("rules") is { ValueKind: JsonValueKind.Array } empty)
        {
            body.Refuse("rules", "must have at least one rule", empty);
        }

        return body.Has("rules") ? rules : null;
    }

    private static JsonElement? Conditions(BodyCheck body)
    {
        if (body.Inside("conditions") is not { } conditions)
        {
            return null;
        }

        conditions.Strings("ipRestrictions");
        conditions.Number("maxUses", 1, int.MaxValue);
        if (conditions.Inside("timeWindow") is { } window)
        {
            foreach (var edge in (string[])["start", "end"])
            {
                if (window.String(edge, required: true) is { } text && !TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out _))
                {
                    window.Refuse(edge, "must be a time of day");
                }
            }
        }

        return body.Object("conditions");
    }

    [GeneratedRegex(@"^[a-z]+:[a-z]+:[a-zA-Z0-9_-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResourcePattern();

    [GeneratedRegex(@"^did:squid:[a-zA-Z0-9_-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdentityPattern();
}
