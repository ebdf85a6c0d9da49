using System.Net;
using System.Text.Json.Nodes;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "contract")]
public sealed class QonsentTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private const string Base = "/qonsent/api/v1/qonsent";

    private static (string, string) As(string identity) => ("x-squid-id", identity);

    private Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, object body, string by = "did:squid:owner") =>
        simulator.SendAsync("POST", Base + path, RunningSimulator.Json(body), As(by));

    private async Task<JsonNode> CheckAsync(string resource, string identity, string action) =>
        (await PostAsync("/check", new { resource, identity, action })).Body["data"]!;

    /// <summary>Anybody may make a policy (the module's own way to the first administrator of a resource).</summary>
    private async Task<string> MakeOwnerAsync(string resource)
    {
        var (status, body) = await PostAsync("/policies", new { name = $"Owner of {resource}", rules = new[] { new { audience = "did:squid:owner", resource, actions = new[] { "admin" } } } });
        Assert.Equal(HttpStatusCode.Created, status);
        return (string)body["data"]!["policyId"]!;
    }

    [Fact]
    public async Task Check_without_grant_or_policy_denies()
    {
        var (status, body) = await PostAsync("/check", new { resource = "qdrive:file:unknown", identity = "did:squid:ada", action = "read" });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("ok", (string)body["status"]!);
        Assert.Null(body["code"]);
        Assert.False((bool)body["data"]!["allowed"]!);
        Assert.Equal("deny-by-default", (string)body["data"]!["auditTrail"]!["source"]!);
        Assert.Null(body["data"]!["policy"]);
    }

    [Fact]
    public async Task Grant_allows_exactly_the_granted_actions_until_revoked()
    {
        await MakeOwnerAsync("qdrive:file:granted");
        var (status, grant) = await PostAsync("/grant", new { resource = "qdrive:file:granted", identity = "did:squid:ada", permissions = new[] { "write" } });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(Guid.TryParse((string)grant["data"]!["grantId"]!, out _));

        Assert.True((bool)(await CheckAsync("qdrive:file:granted", "did:squid:ada", "write"))["allowed"]!);
        Assert.False((bool)(await CheckAsync("qdrive:file:granted", "did:squid:ada", "read"))["allowed"]!);
        Assert.False((bool)(await CheckAsync("qdrive:file:granted", "did:squid:bob", "write"))["allowed"]!);

        var (_, revoked) = await PostAsync("/revoke", new { resource = "qdrive:file:granted", identity = "did:squid:ada" });
        Assert.Equal("write", (string)revoked["data"]!["revokedPermissions"]![0]!);
        Assert.False((bool)(await CheckAsync("qdrive:file:granted", "did:squid:ada", "write"))["allowed"]!);
        Assert.Equal("GRANT_NOT_FOUND", (string)(await PostAsync("/revoke", new { resource = "qdrive:file:granted", identity = "did:squid:ada" })).Body["code"]!);
    }

    [Fact]
    public async Task Second_grant_adds_to_the_first_and_revoking_some_leaves_the_others()
    {
        await MakeOwnerAsync("qdrive:file:merged");
        var (_, first) = await PostAsync("/grant", new { resource = "qdrive:file:merged", identity = "did:squid:ada", permissions = new[] { "read" } });
        var (_, second) = await PostAsync("/grant", new { resource = "qdrive:file:merged", identity = "did:squid:ada", permissions = new[] { "read", "write" } });
        Assert.Equal((string)first["data"]!["grantId"]!, (string)second["data"]!["grantId"]!);
        Assert.Equal("""["read","write"]""", second["data"]!["permissions"]!.ToJsonString());

        await PostAsync("/revoke", new { resource = "qdrive:file:merged", identity = "did:squid:ada", permissions = new[] { "read" } });

        var (_, list) = await simulator.SendAsync("GET", $"{Base}/permissions?resource=qdrive:file:merged", null, As("did:squid:x"));
        Assert.Equal(1, (int)list["data"]!["total"]!);
        Assert.Equal("""["write"]""", list["data"]!["grants"]![0]!["permissions"]!.ToJsonString());
        Assert.Equal("did:squid:owner", (string)list["data"]!["grants"]![0]!["grantedBy"]!);
    }

    [Fact]
    public async Task Grant_by_one_without_admin_answers_403()
    {
        var (status, body) = await PostAsync("/grant", new { resource = "qdrive:file:foreign", identity = "did:squid:ada", permissions = new[] { "read" } });

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("INSUFFICIENT_PERMISSIONS", (string)body["code"]!);
        Assert.NotEmpty(body["suggestedActions"]!.AsArray());
        Assert.Equal(0, await simulator.AppliedAsync("qonsent", "grant", "qdrive:file:foreign|did:squid:ada"));
    }

    [Fact]
    public async Task Expired_grant_allows_nothing()
    {
        await MakeOwnerAsync("qdrive:file:expiring");
        await PostAsync("/grant", new { resource = "qdrive:file:expiring", identity = "did:squid:ada", permissions = new[] { "read" }, expiresAt = simulator.Time.GetUtcNow().AddMinutes(1) });
        Assert.True((bool)(await CheckAsync("qdrive:file:expiring", "did:squid:ada", "read"))["allowed"]!);

        simulator.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.False((bool)(await CheckAsync("qdrive:file:expiring", "did:squid:ada", "read"))["allowed"]!);
    }

    [Theory]
    [InlineData("""{"ipRestrictions":["127.0.0.1"]}""", true)]
    [InlineData("""{"ipRestrictions":["203.0.113.9"]}""", false)]
    [InlineData("""{"ipRestrictions":null,"timeWindow":{"start":"00:00","end":"23:59:59"}}""", true)]
    [InlineData("""{"timeWindow":{"start":"03:00","end":"03:00:01"}}""", false)]
    public async Task Conditions_of_a_policy_rule_decide(string conditions, bool allowed)
    {
        var resource = $"qdrive:file:{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(conditions))}";
        await simulator.SendAsync("POST", $"{Base}/policies", $$"""{"name":"conditional","rules":[{"audience":"did:squid:ada","resource":"{{resource}}","actions":["read"],"conditions":{{conditions}}}]}""", As("did:squid:owner"));

        Assert.Equal(allowed, (bool)(await CheckAsync(resource, "did:squid:ada", "read"))["allowed"]!);
    }

    [Theory]
    [InlineData("did:squid:*", "qmail:box:*", "write", "read", true)]
    [InlineData("*", "qmail:box:*in*x", "read", "read", true)]
    [InlineData("*", "qmail:box:*xx*", "read", "read", false)]
    [InlineData("did:squid:other", "*", "*", "read", false)]
    [InlineData("*", "*", "read", "write", false)]
    [InlineData("*", "*", "execute", "read", false)]
    public async Task Policy_patterns_and_action_inclusion(string audience, string resource, string allows, string action, bool allowed)
    {
        var (_, created) = await PostAsync("/policies", new { name = "pattern", scope = "global", rules = new[] { new { audience, resource, actions = new[] { allows } } } });
        var id = (string)created["data"]!["policyId"]!;
        Assert.Matches("^[0-9a-f]{24}$", id);

        var verdict = await CheckAsync("qmail:box:inbox", "did:squid:ada", action);
        await simulator.SendAsync("DELETE", $"{Base}/policies/{id}", null, As("did:squid:owner"));

        Assert.Equal(allowed, (bool)verdict["allowed"]!);
        Assert.Equal(allowed ? id : null, (string?)verdict["policy"]?["id"]);
        Assert.False((bool)(await CheckAsync("qmail:box:inbox", "did:squid:ada", action))["allowed"]!);
    }

    [Fact]
    public async Task Policies_are_listed_updated_and_deactivated()
    {
        var id = await MakeOwnerAsync("qchat:room:listed");

        var (updated, body) = await simulator.SendAsync("PUT", $"{Base}/policies/{id}", """{"name":"renamed"}""", As("did:squid:owner"));
        Assert.Equal(HttpStatusCode.OK, updated);
        Assert.Equal("renamed", (string)body["data"]!["name"]!);
        Assert.NotNull((await simulator.SendAsync("DELETE", $"{Base}/policies/{id}", null, As("did:squid:owner"))).Body["data"]!["deletedAt"]);

        var (_, list) = await simulator.SendAsync("GET", $"{Base}/policies?resource=qchat:room:listed", null, As("did:squid:owner"));
        Assert.Equal(("renamed", false), ((string)list["data"]!["policies"]![0]!["name"]!, (bool)list["data"]!["policies"]![0]!["active"]!));
        Assert.Equal("POLICY_NOT_FOUND", (string)(await simulator.SendAsync("PUT", $"{Base}/policies/none", "{}", As("did:squid:owner"))).Body["code"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await simulator.SendAsync("DELETE", $"{Base}/policies/none", null, As("did:squid:owner"))).Status);
    }

    [Theory]
    [InlineData("/check", """{"identity":"did:squid:a","action":"read"}""", "/resource")]
    [InlineData("/check", """{"resource":"a:b:c","identity":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","action":"read"}""", "/identity")]
    [InlineData("/check", """{"resource":"a:b:c","identity":"did:squid:a","action":"fly"}""", "/action")]
    [InlineData("/check", """{"resource":"A:b:c","identity":"did:squid:a","action":"read"}""", "/resource")]
    [InlineData("/grant", """{"resource":"a:b:c","identity":"did:squid:a"}""", "/permissions")]
    [InlineData("/grant", """{"resource":"a:b:c","identity":"did:squid:a","permissions":[]}""", "/permissions")]
    [InlineData("/grant", """{"resource":"a:b:c","identity":"did:squid:a","permissions":["read"],"expiresAt":"soon"}""", "/expiresAt")]
    [InlineData("/grant", """{"resource":"a:b:c","identity":"did:squid:a","permissions":["read"],"conditions":{"timeWindow":{"start":"x"}}}""", "/conditions/timeWindow/end")]
    [InlineData("/revoke", """{"resource":"a:b:c"}""", "/identity")]
    [InlineData("/policies", """{"name":"n"}""", "/rules")]
    [InlineData("/policies", """{"name":"n","rules":[]}""", "/rules")]
    [InlineData("/policies", """{"name":"n","rules":[{"audience":"*","resource":"*","actions":["fly"]}]}""", "/rules/0/actions")]
    public async Task Bad_body_answers_VALIDATION_ERROR_naming_the_member(string path, string json, string pointer)
    {
        var (status, body) = await simulator.SendAsync("POST", Base + path, json, As("did:squid:owner"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("error", "VALIDATION_ERROR", false), ((string)body["status"]!, (string)body["code"]!, (bool)body["retryable"]!));
        Assert.Contains(pointer, body["details"]!["validation"]!.AsArray().Select(item => (string)item!["instancePath"]!));
    }

    [Fact]
    public async Task Authentication_is_needed_and_a_token_alone_changes_nothing()
    {
        const string Check = """{"resource":"a:b:c","identity":"did:squid:a","action":"read"}""";
        const string Grant = """{"resource":"a:b:c","identity":"did:squid:a","permissions":["read"]}""";

        var (status, body) = await simulator.SendAsync("POST", $"{Base}/check", Check);
        Assert.Equal((HttpStatusCode.Unauthorized, "INVALID_TOKEN"), (status, (string)body["code"]!));
        Assert.Equal(HttpStatusCode.OK, (await simulator.SendAsync("POST", $"{Base}/check", Check, ("Authorization", "Bearer t"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await simulator.SendAsync("POST", $"{Base}/grant", Grant, ("Authorization", "Bearer t"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await simulator.SendAsync("POST", $"{Base}/check", Check, As("a"), ("x-api-version", "v3"))).Status);
        Assert.Equal("ok", (string)(await simulator.SendAsync("GET", "/qonsent/health")).Body["status"]!);
    }
}
