using System.Net;
using System.Text.Json.Nodes;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "contract")]
public sealed class SquidTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    [Fact]
    public async Task Create_answers_201_in_the_full_envelope_with_a_uuid()
    {
        var (status, body) = await simulator.SendAsync("POST", "/squid/identity", """{"name":"Ada L.","tags":["a"],"privacyLevel":"PRIVATE","metadata":{"k":1}}""");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(("ok", "IDENTITY_CREATED"), ((string)body["status"]!, (string)body["code"]!));
        Assert.NotNull(body["requestId"]);
        var data = body["data"]!;
        Assert.True(Guid.TryParseExact((string)data["did"]!, "D", out var id) && id.Version == 4);
        Assert.Equal("ROOT", (string)data["type"]!);
        Assert.Equal((string)data["did"]!, (string)data["rootId"]!);
        Assert.Equal(("ACTIVE", "UNVERIFIED", 100), ((string)data["status"]!, (string)data["verificationLevel"]!, (int)data["reputation"]!));
        Assert.Equal(("PRIVATE", 1), ((string)data["privacyLevel"]!, (int)data["metadata"]!["k"]!));
        Assert.Equal(simulator.Now, (string)data["createdAt"]!);
    }

    [Theory]
    [InlineData("/squid/identity")]
    [InlineData("/squid/api/v1/identity")]
    public async Task Identity_is_readable_without_authentication_at_both_mounts(string mount)
    {
        var identity = await simulator.CreateIdentityAsync();

        var (status, body) = await simulator.SendAsync("GET", $"{mount}/{identity["did"]}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("IDENTITY_RETRIEVED", (string)body["code"]!);
        Assert.Equal(identity.ToJsonString(), body["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Unknown_identity_answers_404_not_retryable()
    {
        var (status, body) = await simulator.SendAsync("GET", "/squid/identity/nobody");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(("error", "IDENTITY_NOT_FOUND", false), ((string)body["status"]!, (string)body["code"]!, (bool)body["retryable"]!));
        Assert.Equal("REPUTATION_RETRIEVAL_FAILED", (string)(await simulator.SendAsync("GET", "/squid/identity/nobody/reputation")).Body["code"]!);
    }

    [Fact]
    public async Task Reputation_answers_without_code_and_message()
    {
        var identity = await simulator.CreateIdentityAsync();
        await simulator.DecideAsync(identity, """{"reputation":600}""");

        var (status, body) = await simulator.SendAsync("GET", $"/squid/identity/{identity["did"]}/reputation");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(body["code"]);
        Assert.Null(body["message"]);
        Assert.Equal((600, "EXPERT"), ((int)body["data"]!["score"]!, (string)body["data"]!["level"]!));
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"<script>"}""", "name")]
    [InlineData("""{"name":"a","privacyLevel":"SECRET"}""", "privacyLevel")]
    [InlineData("""{"name":"a","tags":["1","2","3","4","5","6","7","8","9","10","11"]}""", "tags")]
    [InlineData("""{"name":"a","metadata":"x"}""", "metadata")]
    public async Task Create_of_bad_body_answers_VALIDATION_ERROR_naming_the_member(string json, string field)
    {
        var (status, body) = await simulator.SendAsync("POST", "/squid/identity", json);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("VALIDATION_ERROR", (string)body["code"]!);
        Assert.Contains(field, body["details"]!["errors"]!.AsArray().Select(error => (string)error!["path"]!));
    }

    [Fact]
    public async Task Update_by_the_owner_changes_and_by_others_answers_their_code()
    {
        var (ada, bob) = (await simulator.CreateIdentityAsync(), await simulator.CreateIdentityAsync("Bob"));
        var path = $"/squid/identity/{ada["did"]}";
        const string Change = """{"description":"changed"}""";

        Assert.Equal("SQUID_AUTH_REQUIRED", (string)(await simulator.SendAsync("PUT", path, Change)).Body["code"]!);
        Assert.Equal("SQUID_INSUFFICIENT_PERMISSIONS", (string)(await simulator.SendAsync("PUT", path, Change, simulator.Signed(bob))).Body["code"]!);
        var (status, body) = await simulator.SendAsync("PUT", path, Change, simulator.Signed(ada));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("IDENTITY_UPDATED", "changed", "Ada"), ((string)body["code"]!, (string)body["data"]!["description"]!, (string)body["data"]!["name"]!));
    }

    [Fact]
    public async Task Update_of_a_member_that_is_not_the_owners_answers_IDENTITY_UPDATE_FAILED()
    {
        var ada = await simulator.CreateIdentityAsync();

        var (status, body) = await simulator.SendAsync("PUT", $"/squid/identity/{ada["did"]}", """{"reputation":1000}""", simulator.Signed(ada));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("IDENTITY_UPDATE_FAILED", (string)body["code"]!);
    }

    [Fact]
    public async Task Signature_is_checked_and_each_defect_has_its_code()
    {
        var ada = await simulator.CreateIdentityAsync();
        var good = simulator.Signed(ada);
        (string, string)[] With(string name, string value) => [.. good.Select(header => header.Name == name ? (name, value) : header)];

        async Task<string> CodeAsync((string, string)[] headers) => (string)(await simulator.SendAsync("GET", $"/squid/identity/{ada["did"]}", null, headers)).Body["code"]!;

        Assert.Equal("IDENTITY_RETRIEVED", await CodeAsync(good));
        Assert.Equal("SQUID_AUTH_REQUIRED", await CodeAsync(good[..1]));
        Assert.Equal("SQUID_INVALID_MESSAGE", await CodeAsync(With("x-message", "{")));
        Assert.Equal("SQUID_INVALID_MESSAGE_STRUCTURE", await CodeAsync(With("x-message", "{}")));
        Assert.Equal("SQUID_DID_MISMATCH", await CodeAsync(With("x-squid-id", "other")));
        Assert.Equal("SQUID_INVALID_SIGNATURE", await CodeAsync(With("x-sig", new string('0', 64))));
        Assert.Equal("SQUID_MESSAGE_EXPIRED", await CodeAsync(simulator.Signed(ada, simulator.Time.GetUtcNow() - TimeSpan.FromSeconds(301))));
        Assert.Equal("SQUID_IDENTITY_NOT_FOUND", await CodeAsync(simulator.Signed(new JsonObject { ["did"] = "nobody", ["publicKey"] = "x" })));
    }

    [Fact]
    public async Task Subidentity_needs_ENHANCED_and_inherits_from_its_parent()
    {
        var ada = await simulator.CreateIdentityAsync();
        var path = $"/squid/identity/{ada["did"]}/subidentity";
        const string Request = """{"name":"Club","type":"DAO"}""";

        Assert.Equal("SQUID_INSUFFICIENT_VERIFICATION", (string)(await simulator.SendAsync("POST", path, Request, simulator.Signed(ada))).Body["code"]!);
        await simulator.DecideAsync(ada, """{"verificationLevel":"ENHANCED"}""");
        Assert.Equal("VALIDATION_ERROR", (string)(await simulator.SendAsync("POST", path, """{"name":"Club","type":"ROOT"}""", simulator.Signed(ada))).Body["code"]!);
        var (status, body) = await simulator.SendAsync("POST", path, Request, simulator.Signed(ada));

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("SUBIDENTITY_CREATED", (string)body["code"]!);
        var sub = body["data"]!;
        Assert.Equal(((string)ada["did"]!, (string)ada["did"]!, "DAO", 80, 1), ((string)sub["parentId"]!, (string)sub["rootId"]!, (string)sub["governanceType"]!, (int)sub["reputation"]!, (int)sub["depth"]!));
        var (_, parent) = await simulator.SendAsync("GET", $"/squid/identity/{ada["did"]}");
        Assert.Equal((string)sub["did"]!, (string)parent["data"]!["children"]![0]!);
    }

    [Fact]
    public async Task Eleventh_subidentity_answers_409()
    {
        var ada = await simulator.CreateIdentityAsync();
        await simulator.DecideAsync(ada, """{"verificationLevel":"ENHANCED"}""");
        for (var number = 1; number <= 10; number++)
        {
            Assert.Equal(HttpStatusCode.Created, (await simulator.SendAsync("POST", $"/squid/identity/{ada["did"]}/subidentity", $$"""{"name":"{{number}}","type":"AID"}""", simulator.Signed(ada))).Status);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await simulator.SendAsync("POST", $"/squid/identity/{ada["did"]}/subidentity", """{"name":"11","type":"AID"}""", simulator.Signed(ada))).Status);
    }

    [Fact]
    public async Task Verification_is_submitted_once_and_only_the_end_of_the_document_number_is_kept()
    {
        var ada = await simulator.CreateIdentityAsync();
        var path = $"/squid/identity/{ada["did"]}/verify";
        const string Request = """{"fullName":"Ada","dateOfBirth":"1815-12-10","documentType":"passport","documentNumber":"X1234567"}""";

        Assert.Equal("VALIDATION_ERROR", (string)(await simulator.SendAsync("PUT", path, """{"fullName":"Ada","dateOfBirth":"yesterday","documentType":"card"}""", simulator.Signed(ada))).Body["code"]!);
        var (status, body) = await simulator.SendAsync("PUT", path, Request, simulator.Signed(ada));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("VERIFICATION_SUBMITTED", "PENDING_VERIFICATION", "4567"), ((string)body["code"]!, (string)body["data"]!["status"]!, (string)body["data"]!["kyc"]!["documentIdentifier"]!));
        Assert.Equal(HttpStatusCode.Conflict, (await simulator.SendAsync("PUT", path, Request, simulator.Signed(ada))).Status);
    }

    [Fact]
    public async Task Delete_marks_the_identity_and_refuses_a_parent_of_others()
    {
        var ada = await simulator.CreateIdentityAsync();
        await simulator.DecideAsync(ada, """{"verificationLevel":"ENHANCED"}""");
        var (_, created) = await simulator.SendAsync("POST", $"/squid/identity/{ada["did"]}/subidentity", """{"name":"Sub","type":"AID"}""", simulator.Signed(ada));
        var sub = (string)created["data"]!["did"]!;

        Assert.Equal(HttpStatusCode.Conflict, (await simulator.SendAsync("DELETE", $"/squid/identity/{ada["did"]}", null, simulator.Signed(ada))).Status);
        Assert.Equal("IDENTITY_DELETED", (string)(await simulator.SendAsync("DELETE", $"/squid/identity/{sub}", null, simulator.Signed(ada))).Body["code"]!);
        Assert.Equal(HttpStatusCode.OK, (await simulator.SendAsync("DELETE", $"/squid/identity/{ada["did"]}", null, simulator.Signed(ada))).Status);
        Assert.Equal("DELETED", (string)(await simulator.SendAsync("GET", $"/squid/identity/{ada["did"]}")).Body["data"]!["status"]!);
    }

    [Fact]
    public async Task Health_says_healthy_without_an_envelope() =>
        Assert.Equal("healthy", (string)(await simulator.SendAsync("GET", "/squid/health")).Body["status"]!);
}
