using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed class ModuleProxyTests(RunningGateway running)
{
    private HttpClient Http => running.Gateway.Http;

    [Fact]
    public async Task Write_and_read_pass_through_unchanged()
    {
        using var written = await Http.PostAsJsonAsync("/m/qindex/qindex/put", new { key = "proxied", value = new { cid = "bafy" } }, TestContext.Current.CancellationToken);
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True((await written.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("success").GetBoolean());

        using var read = await Http.GetAsync(new Uri("/m/qindex/qindex/get/proxied", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Single(read.Headers.GetValues("X-Request-Id"));
        Assert.Single(read.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Write_is_audited()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/m/qindex/qindex/put") { Content = JsonContent.Create(new { key = "audited", value = 1 }) };
        request.Headers.Add("X-Request-Id", "audited-write");
        using var written = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var entries = await Http.GetFromJsonAsync<JsonElement>("/v1/audit?action=modules.forwarded", TestContext.Current.CancellationToken);
        var entry = entries.GetProperty("data").EnumerateArray().First(item => item.GetProperty("entry").GetString()!.Contains("audited-write", StringComparison.Ordinal));
        Assert.Equal("replied", entry.GetProperty("payload").GetProperty("outcome").GetString());
        Assert.Equal("qindex", entry.GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Error_reply_becomes_a_problem_with_the_modules_own_status()
    {
        using var answer = await Http.GetAsync(new Uri("/m/qindex/qindex/get/never-written", UriKind.Relative), TestContext.Current.CancellationToken);
        var problem = await Problem.ReadAsync(answer, HttpStatusCode.NotFound);
        Assert.Equal("modules.rejected", problem.Code);
        Assert.Equal(JsonValueKind.Object, problem.Json.GetProperty("moduleReply").ValueKind);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task Write_that_is_answered_with_a_failure_of_the_module_has_an_unknown_outcome(int status)
    {
        await running.SetFaultsAsync($$"""[{"match":{"module":"qindex","method":"POST","header":"x-test: doubt"},"fault":"status","status":{{status}},"times":1}]""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/m/qindex/qindex/put") { Content = JsonContent.Create(new { key = "doubtful", value = 1 }) };
        request.Headers.Add("X-Test", "doubt");
        request.Headers.Add("X-Request-Id", $"doubt-{status}");

        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.GatewayTimeout);
        Assert.Equal("modules.outcome_unknown", problem.Code);
        Assert.Equal("unknown", problem.Json.GetProperty("effectOutcome").GetString());
        var entries = await Http.GetFromJsonAsync<JsonElement>("/v1/audit?action=modules.forwarded", TestContext.Current.CancellationToken);
        var payload = entries.GetProperty("data").EnumerateArray().First(item => item.GetProperty("entry").GetString()!.Contains($"doubt-{status}", StringComparison.Ordinal)).GetProperty("payload");
        Assert.Equal(("unknown", status), (payload.GetProperty("outcome").GetString(), payload.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Read_that_is_answered_with_a_failure_keeps_the_modules_status()
    {
        await running.SetFaultsAsync("""[{"match":{"module":"qindex","method":"GET","header":"x-test: doubt"},"fault":"status","status":503,"times":1}]""");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/m/qindex/health");
        request.Headers.Add("X-Test", "doubt");

        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("modules.rejected", (await Problem.ReadAsync(answer, HttpStatusCode.ServiceUnavailable)).Code);
    }

    [Fact]
    public async Task Write_with_a_key_is_an_effect_and_its_repeat_is_replayed()
    {
        using var first = await SendAsync();
        using var repeat = await SendAsync();
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.StartsWith("/v1/effects/eff_", first.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("true", Assert.Single(repeat.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await repeat.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Task<HttpResponseMessage> SendAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/m/qindex/qindex/put") { Content = JsonContent.Create(new { key = "keyed", value = 1 }) };
            request.Headers.Add("Idempotency-Key", "module-key");
            return Http.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Refused_write_answers_alike_with_a_key_and_without()
    {
        using var plain = await SendAsync(key: null);
        using var keyed = await SendAsync("refused-by-module");
        using var repeat = await SendAsync("refused-by-module");

        var expected = await Problem.ReadAsync(plain, HttpStatusCode.BadRequest);
        var problem = await Problem.ReadAsync(keyed, HttpStatusCode.BadRequest);
        Assert.Equal(("modules.rejected", expected.Detail), (problem.Code, problem.Detail));
        Assert.Equal(
            expected.Json.GetProperty("moduleReply").EnumerateObject().Select(member => member.Name),
            problem.Json.GetProperty("moduleReply").EnumerateObject().Select(member => member.Name));
        Assert.Equal("failed", problem.Json.GetProperty("effectOutcome").GetString());
        Assert.Equal("true", Assert.Single(repeat.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal("modules.rejected", (await Problem.ReadAsync(repeat, HttpStatusCode.BadRequest)).Code);

        Task<HttpResponseMessage> SendAsync(string? key)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/m/qindex/qindex/put") { Content = JsonContent.Create(new { nothing = "that Qindex takes" }) };
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            return Http.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Probe_of_the_root_that_modules_share_says_what_is_wrong()
    {
        var qindex = await Http.GetFromJsonAsync<JsonElement>("/v1/connections/qindex", TestContext.Current.CancellationToken);
        var baseUrl = qindex.GetProperty("options").GetProperty("baseUrl").GetString();
        using var made = await Http.PostAsJsonAsync("/v1/connections", new { id = "wrong-root", kind = "modules.anarq", options = new { module = "qindex", baseUrl } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        using var tested = await Http.PostAsync(new Uri("/v1/connections/wrong-root/test", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
        var test = await tested.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("modules.wrong_root", test.GetProperty("because").GetString());
        Assert.Contains("/health", test.GetProperty("detail").GetString(), StringComparison.Ordinal);

        using var deleted = await Http.DeleteAsync(new Uri("/v1/connections/wrong-root", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task Probe_of_a_module_that_fails_says_so()
    {
        var qindex = await Http.GetFromJsonAsync<JsonElement>("/v1/connections/qindex", TestContext.Current.CancellationToken);
        var simulator = new Uri(qindex.GetProperty("options").GetProperty("baseUrl").GetString()!);
        using var fault = await running.Gateway.Anonymous.PostAsJsonAsync(
            new Uri(simulator, "/_control/faults"), new[] { new { match = new { path = "/squid/health" }, fault = "status", status = 503 } }, TestContext.Current.CancellationToken);
        Assert.True(fault.IsSuccessStatusCode);
        using var made = await Http.PostAsJsonAsync("/v1/connections", new { id = "ailing", kind = "modules.anarq", options = new { module = "squid", baseUrl = new Uri(simulator, "/squid") } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        using var tested = await Http.PostAsync(new Uri("/v1/connections/ailing/test", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
        Assert.Equal("modules.unhealthy", (await tested.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("because").GetString());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Module_that_is_not_there_was_sent_nothing(string method)
    {
        using var answer = await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/m/gone/x"), TestContext.Current.CancellationToken);
        Assert.Equal("modules.unreachable", (await Problem.ReadAsync(answer, HttpStatusCode.ServiceUnavailable)).Code);
    }

    [Fact]
    public async Task Unknown_module_is_404()
    {
        using var answer = await Http.GetAsync(new Uri("/m/nothing/x", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("connections.not_found", (await Problem.ReadAsync(answer, HttpStatusCode.NotFound)).Code);
    }

    [Fact]
    public async Task Body_over_16_MiB_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/m/qindex/qindex/put") { Content = new ByteArrayContent(new byte[(16 * 1024 * 1024) + 1]) };
        request.Headers.ExpectContinue = true;
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("http.body_too_large", (await Problem.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge)).Code);
    }
}
