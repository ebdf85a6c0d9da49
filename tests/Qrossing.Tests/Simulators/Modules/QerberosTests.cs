using System.Net;
using System.Text.Json.Nodes;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "contract")]
public sealed class QerberosTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private static readonly (string, string) Token = ("Authorization", "Bearer t");

    private Task<(HttpStatusCode Status, JsonNode Body)> LogAsync(string reference, string actor = "ada", string verdict = "ALLOW", string type = "access") => simulator.SendAsync(
        "POST",
        "/qerberos/audit",
        RunningSimulator.Json(new { type, @ref = reference, actor = new { squidId = actor }, layer = "qdrive", verdict, details = new { size = 1 } }),
        Token);

    [Fact]
    public async Task Audit_answers_201_with_uuid_and_v0_cid_and_the_event_is_bare()
    {
        var (status, body) = await LogAsync("file:1");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("ok", (string)body["status"]!);
        Assert.NotNull(body["code"]);
        Assert.True(Guid.TryParse((string)body["data"]!["id"]!, out _));
        Assert.Matches("^Qm[1-9A-HJ-NP-Za-km-z]{44}$", (string)body["data"]!["cid"]!);

        var (found, logged) = await simulator.SendAsync("GET", $"/qerberos/audit/{body["data"]!["id"]}", null, Token);
        Assert.Equal(HttpStatusCode.OK, found);
        Assert.Null(logged["status"]);
        Assert.Equal(("file:1", "ada", "ALLOW", 1), ((string)logged["ref"]!, (string)logged["actor"]!["squidId"]!, (string)logged["verdict"]!, (int)logged["details"]!["size"]!));
        Assert.Equal((string)body["data"]!["cid"]!, (string)logged["ipfsCid"]!);
    }

    [Fact]
    public async Task Audit_repeated_with_the_same_idempotency_key_logs_twice_as_no_module_honours_it()
    {
        const string Event = """{"type":"t","ref":"twice","actor":{"squidId":"a"},"layer":"l","verdict":"WARN"}""";

        await simulator.SendAsync("POST", "/qerberos/audit", Event, Token, ("Idempotency-Key", "k"));
        await simulator.SendAsync("POST", "/qerberos/audit", Event, Token, ("Idempotency-Key", "k"));

        Assert.Equal(2, await simulator.AppliedAsync("qerberos", "audit", "twice"));
    }

    [Theory]
    [InlineData("""{"ref":"r","actor":{"squidId":"a"},"layer":"l","verdict":"ALLOW"}""", "type")]
    [InlineData("""{"type":"t","ref":"r","layer":"l","verdict":"ALLOW"}""", "actor")]
    [InlineData("""{"type":"t","ref":"r","actor":{},"layer":"l","verdict":"ALLOW"}""", "actor.squidId")]
    [InlineData("""{"type":"t","ref":"r","actor":{"squidId":"a"},"layer":"l","verdict":"MAYBE"}""", "verdict")]
    [InlineData("""{"type":"t","ref":"r","actor":{"squidId":"a"},"layer":"l","verdict":"ALLOW","severity":"LOW"}""", "severity")]
    [InlineData("""{"type":"t","ref":"r","actor":{"squidId":"a"},"layer":"l","verdict":"ALLOW","id":"aud_1"}""", "id")]
    [InlineData("""{"type":"t","ref":"r","actor":{"squidId":"a"},"layer":"l","verdict":"ALLOW","cid":"bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"}""", "cid")]
    public async Task Audit_of_bad_event_answers_VALIDATION_ERROR_naming_the_member(string json, string field)
    {
        var (status, body) = await simulator.SendAsync("POST", "/qerberos/audit", json, Token);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("VALIDATION_ERROR", (string)body["code"]!);
        Assert.Contains(field, body["details"]!["errors"]!.AsArray().Select(error => (string)error!["field"]!));
    }

    [Fact]
    public async Task Search_filters_newest_first_and_pages()
    {
        await LogAsync("s1", actor: "searched", type: "login");
        simulator.Time.Advance(TimeSpan.FromSeconds(1));
        await LogAsync("s2", actor: "searched", type: "login");
        simulator.Time.Advance(TimeSpan.FromSeconds(1));
        var later = Uri.EscapeDataString(simulator.Time.GetUtcNow().ToString("O"));
        await LogAsync("s3", actor: "searched", type: "logout");

        async Task<JsonNode> SearchAsync(string query) => (await simulator.SendAsync("GET", $"/qerberos/audit?actor=searched&{query}", null, Token)).Body["data"]!;
        var all = await SearchAsync("limit=2");
        Assert.Equal(["s3", "s2"], all["events"]!.AsArray().Select(item => (string)item!["ref"]!));
        Assert.Equal((3, true), ((int)all["totalCount"]!, (bool)all["hasMore"]!));
        Assert.Equal(2, (int)(await SearchAsync("type=login"))["totalCount"]!);
        Assert.Equal("s3", (string)(await SearchAsync($"startDate={later}"))["events"]![0]!["ref"]!);
        Assert.Equal(3, (int)(await SearchAsync($"endDate={later}"))["totalCount"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await simulator.SendAsync("GET", "/qerberos/audit?startDate=today", null, Token)).Status);
    }

    [Fact]
    public async Task Risk_grows_with_denials_and_is_equal_for_equal_histories()
    {
        async Task<JsonNode> RiskAsync() => (await simulator.SendAsync("POST", "/qerberos/risk-score", """{"identity":"risky"}""", Token)).Body["data"]!;
        var before = await RiskAsync();
        Assert.Equal((0m, "low"), ((decimal)before["score"]!, (string)before["level"]!));

        for (var number = 0; number < 5; number++)
        {
            await LogAsync($"denied:{number}", "risky", "DENY");
        }

        var after = await RiskAsync();
        Assert.Equal((0.75m, "high"), ((decimal)after["score"]!, (string)after["level"]!));
        Assert.Equal(TimeSpan.FromMinutes(5), (DateTimeOffset)after["expiresAt"]! - (DateTimeOffset)after["timestamp"]!);
        var (status, read) = await simulator.SendAsync("GET", "/qerberos/risk-score/risky", null, Token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0.75m, (decimal)read["data"]!["score"]!);
    }

    [Theory]
    [InlineData("""{"identity":"calm","operation":"admin_operation"}""", 0.14)]
    [InlineData("""{"identity":"calm","operation":"admin_operation","factors":["operation"]}""", 0.7)]
    [InlineData("""{"identity":"calm","factors":[]}""", 0)]
    public async Task Risk_counts_operation_and_chosen_factors(string json, double score) =>
        Assert.Equal((decimal)score, (decimal)(await simulator.SendAsync("POST", "/qerberos/risk-score", json, Token)).Body["data"]!["score"]!);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"identity":"a","factors":["luck"]}""")]
    public async Task Risk_of_bad_body_answers_VALIDATION_ERROR(string json) =>
        Assert.Equal("VALIDATION_ERROR", (string)(await simulator.SendAsync("POST", "/qerberos/risk-score", json, Token)).Body["code"]!);

    [Fact]
    public async Task Authentication_takes_a_token_or_the_signed_headers_and_each_defect_has_its_code()
    {
        var now = simulator.Time.GetUtcNow().ToUnixTimeMilliseconds();
        async Task<string?> CodeAsync(params (string, string)[] headers) => (string?)(await simulator.SendAsync("GET", "/qerberos/audit", null, headers)).Body["code"];

        Assert.Equal("SQUID_IDENTITY_MISSING", await CodeAsync());
        Assert.Equal("SIGNATURE_MISSING", await CodeAsync(("x-squid-id", "a")));
        Assert.Equal("TIMESTAMP_INVALID", await CodeAsync(("x-squid-id", "a"), ("x-sig", "s"), ("x-ts", $"{now - 300_001}")));
        Assert.Equal("TIMESTAMP_INVALID", await CodeAsync(("x-squid-id", "a"), ("x-sig", "s"), ("x-ts", "2026-03-01T12:00:00Z")));
        Assert.Equal("AUDIT_EVENTS_RETRIEVED", await CodeAsync(("x-squid-id", "a"), ("x-sig", "s"), ("x-ts", $"{now - 300_000}")));
    }

    [Fact]
    public async Task Unknown_event_answers_404_and_health_needs_nothing()
    {
        Assert.Equal("AUDIT_EVENT_NOT_FOUND", (string)(await simulator.SendAsync("GET", "/qerberos/audit/none", null, Token)).Body["code"]!);
        Assert.Equal(("ok", "HEALTHY"), await HealthAsync());

        async Task<(string, string)> HealthAsync()
        {
            var (_, body) = await simulator.SendAsync("GET", "/qerberos/health");
            return ((string)body["status"]!, (string)body["code"]!);
        }
    }
}
