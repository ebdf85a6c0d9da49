using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Qrossing.TestKit.Network;

namespace Qrossing.EndToEndTests.Modules;

/// <summary>The proxy byte for byte: what reaches a module, and what its worst replies become.</summary>
[Trait("Kind", "e2e")]
public sealed class ModulePeerTests : IClassFixture<ModulePeer>
{
    private readonly ModulePeer _peer;

    public ModulePeerTests(ModulePeer peer)
    {
        _peer = peer;
        _peer.Begin();
    }

    private GatewayClient Client => _peer.Client;

    private HttpClient Http => Client.Gateway.Http;

    [Fact]
    public async Task Headers_that_reach_the_module_are_the_standard_ones_and_never_a_credential()
    {
        foreach (var key in new[] { null, "keyed" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/m/qdrive/files?x=1&y=%20") { Content = new StringContent("{\"a\":1}", Encoding.UTF8, "application/json") };
            foreach (var (name, value) in new[]
            {
                ("Authorization", $"Bearer {Client.Gateway.AdminKey}"), ("Cookie", "session=caller"), ("Proxy-Authorization", "Basic caller"), ("X-Api-Key", Client.Gateway.AdminKey),
                ("Keep-Alive", "timeout=5"), ("TE", "trailers"), ("Proxy-Connection", "keep-alive"),
                ("X-Request-Id", "mine-1"), ("x-correlation-id", "corr-1"), ("x-squid-id", "squid_alice"), ("X-Kept", "kept"), ("X-Forwarded-For", "203.0.113.7"),
            })
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            // Without the client's own default key: the credential is the one above.
            using var answer = await Client.Gateway.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal("mine-1", Assert.Single(answer.Headers.GetValues("X-Request-Id")));

            var received = _peer.Received[^1];
            Assert.Equal("/inner/qdrive/files?x=1&y=%20", received.Target);
            Assert.DoesNotContain("caller", received.Head, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Client.Gateway.AdminKey, received.Head, StringComparison.Ordinal);
            Assert.All(new[] { "X-Api-Key", "Authorization", "Cookie", "Proxy-Authorization", "Keep-Alive", "TE", "Proxy-Connection", "Idempotency-Key" }, name => Assert.Empty(received.Header(name)));
            Assert.Equal(["kept"], received.Header("X-Kept"));
            Assert.Equal(["squid_alice"], received.Header("x-squid-id"));
            Assert.Equal(["v1"], received.Header("x-api-version"));
            Assert.Single(received.Header("x-correlation-id"));
            Assert.Equal([_peer.Url.Authority], received.Header("Host"));
        }
    }

    [Theory]
    [InlineData("Connection: X-Hop\r\n")]
    [InlineData("Connection: x-hop , X-Other\r\n")]
    [InlineData("Connection: X-Hop\r\nIdempotency-Key: hop\r\n")]
    public async Task Header_that_Connection_names_ends_here(string connection)
    {
        var status = await RawAsync($"POST /m/qdrive/hop HTTP/1.1\r\nHost: {Client.Gateway.BaseUrl.Authority}\r\nX-Api-Key: {Client.Gateway.AdminKey}\r\n{connection}X-Hop: hop\r\nX-Kept: kept\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(200, status);
        var received = Assert.Single(_peer.Received);
        Assert.Empty(received.Header("X-Hop"));
        Assert.Equal(["kept"], received.Header("X-Kept"));
    }

    [Theory]
    [InlineData("/m/qdrive/../qonsent/x")]
    [InlineData("/m/qdrive/%2e%2e/qonsent/x")]
    [InlineData("/m/qdrive/a/..%2f..%2f..%2fadmin")]
    [InlineData("/m/qdrive/%2e%2e%2fadmin")]
    [InlineData("/m/qdrive/..%2fadmin")]
    [InlineData("/m/qdrive/..%5cadmin")]
    [InlineData("/m/qdrive/%252e%252e/admin")]
    [InlineData("/m/qdrive/%252e%252e%252fadmin")]
    [InlineData("/m/qdrive/a/.%2e/..;/admin")]
    [InlineData("/m/qdrive//../../admin")]
    [InlineData("/m/qdrive/a\\..\\..\\admin")]
    [InlineData("/m/../v1/api-keys")]
    [InlineData("/m/%2e%2e/admin")]
    [InlineData("/m/qdrive/%00/admin")]
    [InlineData("/m/qdrive/%ff%fe/admin")]
    [InlineData("/m/qdrive/@127.0.0.1:1/x")]
    [InlineData("/m/qdrive/a%0d%0aX-Injected:1/x")]
    public async Task Path_never_leaves_the_prefix(string target)
    {
        foreach (var key in new[] { "", $"Idempotency-Key: {Convert.ToHexStringLower(Encoding.UTF8.GetBytes(target))}\r\n" })
        {
            var method = key.Length == 0 ? "GET" : "POST";
            var status = await RawAsync($"{method} {target} HTTP/1.1\r\nHost: {Client.Gateway.BaseUrl.Authority}\r\nX-Api-Key: {Client.Gateway.AdminKey}\r\n{key}Content-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.True(status is not 500, $"{method} {target}: {status}");
        }

        foreach (var received in _peer.Received)
        {
            Assert.StartsWith(ModulePeer.Prefix, received.Target, StringComparison.Ordinal);
            var twice = Uri.UnescapeDataString(Uri.UnescapeDataString(received.Target));
            Assert.DoesNotContain(twice.Split('/', '\\'), segment => segment is "." or "..");
            Assert.Empty(received.Header("X-Injected"));
        }
    }

    [Fact]
    public async Task Success_reply_passes_unchanged_and_without_what_is_not_for_the_caller()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("a long answer, a long answer"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        _peer.Answer = _ =>
        [
            .. Encoding.ASCII.GetBytes($"HTTP/1.1 203 Told\r\nContent-Type: text/x-odd\r\nContent-Encoding: gzip\r\nETag: \"e1\"\r\nSet-Cookie: m=1\r\nX-Module: yes\r\nKeep-Alive: timeout=3\r\nConnection: close, X-Hop\r\nX-Hop: h\r\nX-Request-Id: theirs\r\nServer: Secret/1\r\nContent-Length: {packed.Length}\r\n\r\n"),
            .. packed.ToArray(),
        ];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/m/qdrive/packed");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NonAuthoritativeInformation, answer.StatusCode);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.Equal(packed.ToArray(), await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("text/x-odd", "\"e1\"", "yes"), (answer.Content.Headers.ContentType!.ToString(), answer.Headers.ETag!.ToString(), Assert.Single(answer.Headers.GetValues("X-Module"))));
        Assert.All(new[] { "Set-Cookie", "X-Hop", "Keep-Alive" }, name => Assert.False(answer.Headers.Contains(name), name));
        Assert.DoesNotContain("theirs", answer.Headers.GetValues("X-Request-Id"));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "garbage garbage\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 99999 OK\r\n\r\n")]
    [InlineData("POST", "")]
    [InlineData("POST", "garbage garbage\r\n\r\n")]
    [InlineData("POST", "HTTP/1.1 200 OK\r\nTransfer-Encoding: nonsense\r\nContent-Length: abc\r\n\r\n")]
    public async Task Reply_that_is_no_HTTP_is_no_reply(string method, string reply)
    {
        _peer.Answer = _ => Encoding.Latin1.GetBytes(reply);
        using var answer = await Client.SendAsync(new HttpMethod(method), "/m/qdrive/garbled");
        if (reply.Contains('\0', StringComparison.Ordinal) && answer.StatusCode == HttpStatusCode.OK)
        {
            return; // a client that tolerates it has read a reply
        }

        if (method == "GET")
        {
            Assert.Equal("modules.no_reply", (await EndToEndTests.Http.Problem.ReadAsync(answer, HttpStatusCode.BadGateway)).Code);
            return;
        }

        var problem = await EndToEndTests.Http.Problem.ReadAsync(answer, HttpStatusCode.GatewayTimeout);
        Assert.Equal(("modules.outcome_unknown", "unknown"), (problem.Code, problem.Json.GetProperty("effectOutcome").GetString()));
        Assert.Single(_peer.Received);
        var entry = (await Client.ListAsync("/v1/audit?action=modules.forwarded"))[0];
        Assert.Equal("/garbled", entry.GetProperty("payload").GetProperty("path").GetString());
        Assert.Equal("unknown", entry.GetProperty("payload").GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Reply_that_breaks_off_is_not_passed_as_a_whole_one(string method)
    {
        _peer.Answer = _ => Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"half\":");
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var answer = await Client.SendAsync(new HttpMethod(method), "/m/qdrive/half");
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        });
        Assert.Single(_peer.Received);
    }

    [Theory]
    [InlineData(404, """{"status":"error","code":"QD_NOT_FOUND","message":"no such file"}""", "application/json", "QD_NOT_FOUND")]
    [InlineData(409, """{"success":false,"error":{"code":"TAKEN"}}""", "application/json", "TAKEN")]
    [InlineData(500, "<html>Oops</html>", "text/html", null)]
    [InlineData(503, "{\"half\":", "application/json", null)]
    [InlineData(418, "", "text/plain", null)]
    public async Task Error_reply_is_a_problem_with_the_modules_status(int status, string body, string contentType, string? code)
    {
        _peer.Answer = _ => RawHttpPeer.Reply(status, body, $"Content-Type: {contentType}", "Retry-After: 7", "WWW-Authenticate: Basic realm=\"module\"");
        using var answer = await Client.SendAsync(HttpMethod.Get, "/m/qdrive/wrong");
        var problem = await EndToEndTests.Http.Problem.ReadAsync(answer, (HttpStatusCode)status);
        Assert.Equal("modules.rejected", problem.Code);
        Assert.Equal(code, GatewayClient.Text(problem.Json, "moduleCode"));
        Assert.Equal("7", Assert.Single(answer.Headers.GetValues("Retry-After")));
    }

    [Fact]
    public async Task Body_in_chunks_passes_whole_and_huge_reply_streams()
    {
        var big = RandomNumberGenerator.GetBytes(12 * 1024 * 1024);
        _peer.Answer = _ => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {big.Length}\r\n\r\n"), .. big];
        using var request = new HttpRequestMessage(HttpMethod.Put, "/m/qdrive/big") { Content = new StreamContent(new MemoryStream(big)) };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(big, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.True(Assert.Single(_peer.Received).Body.Length >= big.Length);
    }

    [Fact]
    public async Task Body_in_chunks_over_the_limit_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/m/qdrive/big") { Content = new StreamContent(new MemoryStream(new byte[(16 * 1024 * 1024) + 1])) };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("http.body_too_large", (await EndToEndTests.Http.Problem.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge)).Code);
    }

    [Fact]
    public async Task Path_that_would_climb_is_named_as_such()
    {
        using var answer = await Client.SendAsync(HttpMethod.Get, "/m/qdrive/%252e%252e/admin");
        Assert.Equal("modules.path_invalid", (await EndToEndTests.Http.Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Code);
        Assert.Empty(_peer.Received);
    }

    [Fact]
    public async Task Upgrade_is_not_offered_and_said_so()
    {
        _peer.Answer = _ => Encoding.ASCII.GetBytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
        var status = await RawAsync($"GET /m/qdrive/socket HTTP/1.1\r\nHost: {Client.Gateway.BaseUrl.Authority}\r\nX-Api-Key: {Client.Gateway.AdminKey}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.Equal(501, status);
        Assert.Empty(_peer.Received);

        using var asking = new HttpRequestMessage(HttpMethod.Get, "/m/qdrive/socket") { Headers = { { "Connection", "Upgrade" }, { "Upgrade", "websocket" } } };
        using var answer = await Client.Gateway.Http.SendAsync(asking, TestContext.Current.CancellationToken);
        Assert.Equal("modules.upgrade_unsupported", (await EndToEndTests.Http.Problem.ReadAsync(answer, HttpStatusCode.NotImplemented)).Code);
    }

    [Fact]
    public async Task Upgrade_to_another_protocol_is_ignored()
    {
        var status = await RawAsync($"GET /m/qdrive/h2c HTTP/1.1\r\nHost: {Client.Gateway.BaseUrl.Authority}\r\nX-Api-Key: {Client.Gateway.AdminKey}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
        Assert.Equal(200, status);
        Assert.Empty(Assert.Single(_peer.Received).Header("Upgrade"));
    }

    [Fact]
    public async Task Packed_error_reply_is_read()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("""{"code":"PACKED"}"""u8.ToArray(), TestContext.Current.CancellationToken);
        }

        _peer.Answer = _ => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 404 Told\r\nContent-Encoding: gzip\r\nConnection: close\r\nContent-Length: {packed.Length}\r\n\r\n"), .. packed.ToArray()];
        using var answer = await Client.SendAsync(HttpMethod.Get, "/m/qdrive/packed-error");
        var problem = await EndToEndTests.Http.Problem.ReadAsync(answer, HttpStatusCode.NotFound);
        Assert.Equal("PACKED", GatewayClient.Text(problem.Json, "moduleCode"));
    }

    [Fact]
    public async Task Caller_that_leaves_a_slow_module_frees_the_way_for_others()
    {
        _peer.Answer = request => request.Target.EndsWith("/slow", StringComparison.Ordinal) ? null : RawHttpPeer.Reply(200, "{}");
        using (var impatient = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken))
        {
            var slow = Http.GetAsync(new Uri("/m/qdrive/slow", UriKind.Relative), impatient.Token);
            await _peer.WaitForAsync(1);
            using var other = await Client.SendAsync(HttpMethod.Get, "/m/qdrive/fast");
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        }

        using var after = await Client.SendAsync(HttpMethod.Get, "/m/qdrive/fast");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Keyed_write_whose_module_cannot_say_stays_unknown_and_is_sent_once()
    {
        _peer.Answer = _ => [];
        var effect = await Client.PostAsync("/m/qdrive/files", new { name = "a" }, HttpStatusCode.Accepted, "lost", "wait=1");
        var id = effect.GetProperty("id").GetString()!;
        await Client.EffectAsync(id, "unknown");
        await Client.PostAsync($"/v1/effects/{id}/probe", status: HttpStatusCode.OK);
        var probed = await Client.EffectAsync(id, shown => shown.GetProperty("attempts").EnumerateArray().Any(attempt => attempt.GetProperty("kind").GetString() == "lookup"));
        Assert.Equal("unknown", GatewayClient.Text(probed, "outcome"));
        Assert.Single(_peer.Received, request => request.Method == "POST");
    }

    private async Task<int> RawAsync(string request)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(Client.Gateway.BaseUrl.Host, Client.Gateway.BaseUrl.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        return line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(line.AsSpan(9, 3)) : 0;
    }
}
