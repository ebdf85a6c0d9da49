using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Http;

/// <summary>What a module sees of a proxied request, and a caller of its reply. The module is a real server that keeps what it is sent.</summary>
[Trait("Kind", "e2e")]
public sealed class ModulePassageTests : IAsyncLifetime
{
    private const string Identity = "did:squid:gateway";

    private GatewayProcess _gateway = null!;
    private EchoModule _module = null!;

    public async ValueTask InitializeAsync()
    {
        _module = await EchoModule.StartAsync("first");
        _gateway = await GatewayProcess.StartAsync(new GatewayOptions { Settings = new Dictionary<string, string> { ["Egress:Allow:0"] = "127.0.0.1" } });
        await ConnectAsync("plain", _module, new { module = "qdrive", dialect = "bare", baseUrl = _module.BaseUrl, squidId = Identity, subId = "desk" });
        await ConnectAsync("signing", _module, new { module = "qchat", dialect = "bare", baseUrl = _module.BaseUrl, squidId = Identity, signer = "qchat-hmac", signerSecret = "shared" });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _module.DisposeAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a-key")]
    public async Task Standard_headers_go_along_with_and_without_a_key(string? key)
    {
        var (headers, _) = await SendAsync("plain", "/standard" + key, """{"a":1}""", key, ("x-correlation-id", "of the caller"), ("X-Api-Version", "v2"), ("Connection", "x-hop"), ("x-hop", "1"));

        Assert.Equal(("squid_gateway", "desk", "v2", "of the caller"), (headers["x-squid-id"], headers["x-subid"], headers["x-api-version"], headers["x-correlation-id"]));
        Assert.True(long.Parse(headers["x-ts"], System.Globalization.CultureInfo.InvariantCulture) > 1_600_000_000_000);
        Assert.DoesNotContain(headers.Keys, name => name.ToLowerInvariant() is "x-hop" or "x-api-key" or "idempotency-key" or "cookie" or "authorization");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a-key")]
    public async Task Configured_signature_is_the_gateways_whatever_the_caller_sends(string? key)
    {
        var (headers, body) = await SendAsync("signing", "/signed" + key, """{ "b" : 2.0, "a" : "x" }""", key, ("x-sig", "forged"), ("x-squid-id", "squid_somebody"), ("x-ts", "1"));

        Assert.Equal("""{"a":"x","b":2}""", body);
        Assert.Equal("squid_gateway", headers["x-squid-id"]);
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes("shared"), Encoding.UTF8.GetBytes(body + headers["x-ts"] + headers["x-squid-id"]));
        Assert.Equal(Convert.ToHexStringLower(expected), headers["x-sig"]);
    }

    [Fact]
    public async Task Request_that_cannot_be_signed_is_refused_before_it_is_sent()
    {
        using var answer = await _gateway.Http.PostAsync(new Uri("/m/signing/unsigned", UriKind.Relative), new StringContent("not JSON"), TestContext.Current.CancellationToken);

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("modules.not_sendable", problem.Code);
        Assert.Contains("modules.body_not_signable", problem.Detail, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _module.Last("/unsigned"));
    }

    [Fact]
    public async Task Reply_passes_as_it_is_and_of_each_header_one_party_speaks()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/m/plain/read");
        request.Headers.Add("Accept-Encoding", "gzip");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "vendor=1");
        using var answer = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal("max-age=60", Assert.Single(answer.Headers.GetValues("Cache-Control")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var headers = _module.Last("/read").Headers;
        Assert.Equal(("00-0af7651916cd43dd8448eb211c80319c", "vendor=1"), (headers["traceparent"][..35], headers["tracestate"]));
    }

    [Fact]
    public async Task Compressed_refusal_is_read_into_the_problem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/m/plain/refuse");
        request.Headers.Add("Accept-Encoding", "gzip");
        using var answer = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.Conflict);
        Assert.Equal("ECHO", problem.Json.GetProperty("moduleCode").GetString());
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Connection_that_is_made_again_under_its_old_id_goes_to_its_new_address()
    {
        await using var second = await EchoModule.StartAsync("second");
        await ConnectAsync("again", _module, new { module = "qdrive", baseUrl = _module.BaseUrl });
        Assert.Equal("first", await NameAsync());
        using var deleted = await _gateway.Http.DeleteAsync(new Uri("/v1/connections/again", UriKind.Relative), TestContext.Current.CancellationToken);
        deleted.EnsureSuccessStatusCode();
        await ConnectAsync("again", second, new { module = "qdrive", baseUrl = second.BaseUrl });

        Assert.Equal("second", await NameAsync());

        async Task<string> NameAsync() =>
            (await _gateway.Http.GetFromJsonAsync<JsonElement>("/m/again/who", TestContext.Current.CancellationToken)).GetProperty("name").GetString()!;
    }

    [Fact]
    public async Task Keyed_JSON_is_the_same_request_however_it_is_written()
    {
        using var first = await PostAsync("/m/plain/same", """{"a":1,"b":[true]}""", "application/json", "same");
        using var repeat = await PostAsync("/m/plain/same", """{ "b" : [ true ], "a" : 1.0 }""", "application/json; charset=utf-8", "same");
        using var other = await PostAsync("/m/plain/same", """{"a":2,"b":[true]}""", "application/json", "same");
        using var inexact = await PostAsync("/m/plain/same", """{"a":9007199254740993}""", "application/json", "inexact");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("true", Assert.Single(repeat.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal("idempotency.mismatch", (await Problem.ReadAsync(other, HttpStatusCode.UnprocessableEntity)).Code);
        Assert.Equal(["/a"], (await Problem.ReadAsync(inexact, HttpStatusCode.UnprocessableEntity)).Pointers);
    }

    [Theory]
    [InlineData(1024 * 1024, null, true)]
    [InlineData((1024 * 1024) + 1, null, true)]
    [InlineData(1024 * 1024, "fits", true)]
    [InlineData((1024 * 1024) + 1, "does-not", false)]
    public async Task Body_of_a_keyed_write_has_at_most_1_MiB(int bytes, string? key, bool taken)
    {
        using var answer = await PostAsync("/m/plain/large", new string('x', bytes), "text/plain", key);

        if (taken)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return;
        }

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("Idempotency-Key", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("1048576", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_keys_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/m/plain/several") { Content = new StringContent("x") };
        request.Headers.Add("Idempotency-Key", ["one", "two"]);
        using var answer = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("idempotency.invalid", (await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Code);
    }

    private async Task<(Dictionary<string, string> Headers, string Body)> SendAsync(string connection, string path, string body, string? key, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/m/{connection}{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var seen = _module.Last(path);
        return (seen.Headers, seen.Body);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string contentType, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task ConnectAsync(string id, EchoModule module, object options)
    {
        Assert.NotNull(module);
        using var made = await _gateway.Http.PostAsJsonAsync("/v1/connections", new { id, kind = "modules.anarq", options }, TestContext.Current.CancellationToken);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
