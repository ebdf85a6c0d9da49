using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "contract")]
public sealed class FaultTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private Task<(HttpStatusCode Status, JsonNode Body)> PutAsync(string key) =>
        simulator.SendAsync("POST", "/qindex/qindex/put", $$"""{"key":"{{key}}","value":1}""");

    private Task<long> AppliedAsync(string key) => simulator.AppliedAsync("qindex", "put", key);

    private Task SetAsync(string fault, string more = "") =>
        simulator.SetFaultsAsync($$"""[{"match":{"module":"qindex","path":"/qindex/qindex/put"},"fault":"{{fault}}"{{more}}}]""");

    private static StringContent PutBody(string key) => new($$"""{"key":"{{key}}","value":1}""", Encoding.UTF8, "application/json");

    [Theory]
    [InlineData("applied_then_timeout", 1)]
    [InlineData("timeout", 0)]
    public async Task Timeout_faults_stay_silent_until_the_caller_gives_up_and_differ_in_what_was_applied(string fault, long applied)
    {
        await SetAsync(fault);
        using var giveUp = new CancellationTokenSource();
        var put = simulator.Http.PostAsync("/qindex/qindex/put", PutBody(fault), giveUp.Token);

        await WaitUntilAsync(async () => await StruckAsync() == 1 && await AppliedAsync(fault) == applied);
        Assert.False(put.IsCompleted);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);
        Assert.Equal(applied, await AppliedAsync(fault));
    }

    [Fact]
    public async Task Slow_before_apply_applies_after_its_delay_although_the_caller_has_given_up()
    {
        await SetAsync("slow_before_apply", ",\"delayMs\":9000");
        using var giveUp = new CancellationTokenSource();
        var put = simulator.Http.PostAsync("/qindex/qindex/put", PutBody("late"), giveUp.Token);
        await WaitUntilAsync(async () => await StruckAsync() == 1);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);

        Assert.Equal(0, await AppliedAsync("late"));
        await WaitUntilAsync(async () =>
        {
            simulator.Time.Advance(TimeSpan.FromSeconds(9));
            return await AppliedAsync("late") == 1;
        });
    }

    [Fact]
    public async Task Silence_ends_after_120_seconds_with_a_reset()
    {
        await SetAsync("timeout");
        var put = simulator.Http.PostAsync("/qindex/qindex/put", PutBody("silence"), TestContext.Current.CancellationToken);

        await WaitUntilAsync(() =>
        {
            simulator.Time.Advance(TimeSpan.FromSeconds(120));
            return Task.FromResult(put.IsCompleted);
        });

        await Assert.ThrowsAsync<HttpRequestException>(() => put);
    }

    [Theory]
    [InlineData("applied_then_close", 1)]
    [InlineData("close", 0)]
    public async Task Close_faults_reset_the_connection_and_differ_in_what_was_applied(string fault, long applied)
    {
        await SetAsync(fault);

        await Assert.ThrowsAsync<HttpRequestException>(() => PutAsync(fault));

        Assert.Equal(applied, await AppliedAsync(fault));
    }

    [Theory]
    [InlineData("squid", "/squid/identity/x", "RATE_LIMIT_EXCEEDED")]
    [InlineData("qonsent", "/qonsent/health", "RATE_LIMIT_EXCEEDED")]
    [InlineData("qerberos", "/qerberos/audit", "RATE_LIMIT_EXCEEDED")]
    [InlineData("qindex", "/qindex/health", null)]
    public async Task Status_fault_answers_in_the_modules_own_envelope(string module, string path, string? code)
    {
        await simulator.SetFaultsAsync($$"""[{"match":{"module":"{{module}}"},"fault":"status","status":429,"retryAfterSeconds":7}]""");

        using var response = await simulator.Http.GetAsync(path, TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
        Assert.Equal(code, (string?)body["code"]);
        Assert.Equal(code is null ? "Too many requests" : null, (string?)body["error"]);
    }

    [Fact]
    public async Task Status_fault_applies_nothing()
    {
        await SetAsync("status", ""","status":503""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PutAsync("unavailable")).Status);

        Assert.Equal(0, await AppliedAsync("unavailable"));
    }

    [Fact]
    public async Task Garbage_is_applied_and_answered_with_the_right_status_and_no_JSON()
    {
        await SetAsync("garbage");

        using var response = await simulator.Http.PostAsync("/qindex/qindex/put", PutBody("garbage"), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(text));
        Assert.Equal(1, await AppliedAsync("garbage"));
    }

    [Fact]
    public async Task Slow_is_applied_at_once_and_answered_after_the_delay()
    {
        await SetAsync("slow", ""","delayMs":5000""");
        var put = PutAsync("slow");

        await WaitUntilAsync(async () => await AppliedAsync("slow") == 1);
        Assert.False(put.IsCompleted);
        await WaitUntilAsync(() =>
        {
            simulator.Time.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(put.IsCompleted);
        });

        Assert.Equal("1", (string)(await put).Body["version"]!);
    }

    [Fact]
    public async Task Wrong_id_format_changes_the_ids_and_nothing_else()
    {
        await simulator.SetFaultsAsync("""[{"fault":"wrong_id_format"}]""");

        var (_, identity) = await simulator.SendAsync("POST", "/squid/identity", """{"name":"Ada"}""");
        var (_, record) = await PutAsync("foreign");
        var (_, logged) = await simulator.SendAsync("POST", "/qerberos/audit", """{"type":"t","ref":"r","actor":{"squidId":"a"},"layer":"l","verdict":"ALLOW"}""", ("Authorization", "Bearer t"));
        await simulator.SetFaultsAsync("[]");

        Assert.Matches("^squid_[0-9a-f]{32}$", (string)identity["data"]!["did"]!);
        Assert.Equal("Ada", (string)identity["data"]!["name"]!);
        Assert.Matches("^[0-9a-f]{64}$", (string)record["cid"]!);
        Assert.StartsWith("ipfs://Qm", (string)logged["data"]!["cid"]!, StringComparison.Ordinal);
        var did = Guid.Parse(((string)identity["data"]!["did"]!)["squid_".Length..]);
        Assert.Equal(HttpStatusCode.OK, (await simulator.SendAsync("GET", $"/squid/identity/{did:D}")).Status);
    }

    [Fact]
    public async Task Malformed_envelope_is_JSON_without_any_documented_member()
    {
        await SetAsync("malformed_envelope");

        var (status, body) = await PutAsync("malformed");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Null(body["success"]);
        Assert.Null(body["version"]);
        Assert.Equal(1, await AppliedAsync("malformed"));
    }

    [Fact]
    public async Task After_and_times_bound_the_requests_that_are_hit()
    {
        await SetAsync("status", ""","status":500,"after":1,"times":2""");

        var statuses = new List<int>();
        for (var number = 0; number < 5; number++)
        {
            statuses.Add((int)(await PutAsync("bounded")).Status);
        }

        Assert.Equal([201, 500, 500, 201, 201], statuses);
        Assert.Equal(3, await AppliedAsync("bounded"));
        Assert.Equal(2, await StruckAsync());
    }

    [Theory]
    [InlineData("""{"module":"squid"}""", false)]
    [InlineData("""{"method":"post"}""", true)]
    [InlineData("""{"method":"GET"}""", false)]
    [InlineData("""{"path":"/qindex/*"}""", true)]
    [InlineData("""{"path":"/qindex/qindex"}""", false)]
    [InlineData("""{"header":"x-test"}""", true)]
    [InlineData("""{"header":"X-Test: one"}""", true)]
    [InlineData("""{"header":"x-test: two"}""", false)]
    [InlineData("""{"header":"x-other"}""", false)]
    public async Task Match_takes_every_criterion_given(string match, bool hit)
    {
        await simulator.SetFaultsAsync($$"""[{"match":{{match}},"fault":"status","status":500}]""");

        var (status, _) = await simulator.SendAsync("POST", "/qindex/qindex/put", """{"key":"matched","value":1}""", ("x-test", "one"));

        Assert.Equal(hit ? HttpStatusCode.InternalServerError : HttpStatusCode.Created, status);
    }

    [Fact]
    public async Task First_rule_that_strikes_wins_and_an_exhausted_one_gives_way()
    {
        await simulator.SetFaultsAsync("""[{"fault":"status","status":500,"times":1},{"fault":"status","status":503}]""");

        Assert.Equal(HttpStatusCode.InternalServerError, (await PutAsync("order")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PutAsync("order")).Status);
    }

    [Fact]
    public async Task Deleting_the_faults_heals_the_modules()
    {
        await SetAsync("close");
        using var response = await simulator.Http.DeleteAsync("/_control/faults", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await PutAsync("healed")).Status);
    }

    private async Task<long> StruckAsync() => (long)(await simulator.SendAsync("GET", "/_control/faults")).Body["rules"]![0]!["struck"]!;

    private static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
