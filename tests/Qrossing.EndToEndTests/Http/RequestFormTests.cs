using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qrossing.EndToEndTests.Http;

/// <summary>What holds for every request: ids, unknown paths and methods, headers, hostile HTTP.</summary>
[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed class RequestFormTests(RunningGateway running)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/nothing")]
    [InlineData("/v2/effects")]
    [InlineData("/v1/effects/")]
    [InlineData("/v1/payments")]
    public async Task Unknown_path_is_404_before_any_credential(string path)
    {
        using var answer = await running.Gateway.Anonymous.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        if (path.EndsWith("effects/", StringComparison.Ordinal))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode); // a slash at the end is the same path
            return;
        }

        Assert.Equal("http.not_found", (await Problem.ReadAsync(answer, HttpStatusCode.NotFound)).Code);
    }

    [Fact]
    public async Task Method_that_a_path_does_not_take_is_405_with_those_it_takes()
    {
        foreach (var path in DocumentedOperation.Of(running.Document).GroupBy(operation => operation.Path))
        {
            var taken = path.Select(operation => operation.Method.Method).ToHashSet();
            var wrong = new[] { "PUT", "PATCH", "DELETE", "POST" }.FirstOrDefault(method => !taken.Contains(method));
            if (wrong is null)
            {
                continue;
            }

            using var request = new HttpRequestMessage(new HttpMethod(wrong), path.First().Request().RequestUri);
            using var answer = await running.Gateway.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal("http.method_not_allowed", (await Problem.ReadAsync(answer, HttpStatusCode.MethodNotAllowed)).Code);
            Assert.Empty(taken.Except(answer.Content.Headers.Allow));
        }
    }

    [Fact]
    public async Task Trace_is_refused()
    {
        using var answer = await running.Gateway.Http.SendAsync(new HttpRequestMessage(HttpMethod.Trace, "/v1/effects"), TestContext.Current.CancellationToken);
        await Problem.ReadAsync(answer, HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("my-request/42", true)]
    [InlineData("a", true)]
    [InlineData("has space", false)]
    [InlineData("", false)]
    public async Task Request_id_is_the_callers_when_it_is_visible_ASCII(string given, bool isKept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.TryAddWithoutValidation("X-Request-Id", given);
        using var answer = await running.Gateway.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        var id = Assert.Single(answer.Headers.GetValues("X-Request-Id"));
        Assert.Equal(isKept, id == given);
        Assert.True(isKept || id.StartsWith("req_", StringComparison.Ordinal), id);
    }

    [Fact]
    public async Task Answer_has_secure_headers_and_no_server()
    {
        using var answer = await running.Gateway.Http.GetAsync(new Uri("/v1/effects", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=x")]
    [InlineData("limit=1&limit=2")]
    [InlineData("after=%00")]
    public async Task Page_parameter_that_does_not_fit_is_pointed_at(string query)
    {
        string[] lists = ["/v1/effects", "/v1/events", "/v1/objects", "/v1/api-keys", "/v1/subscriptions", "/v1/deliveries", "/v1/audit", "/v1/wallets", "/v1/transactions"];
        foreach (var list in lists)
        {
            using var answer = await running.Gateway.Http.GetAsync(new Uri($"{list}?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
            var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
            Assert.Equal("query.invalid", problem.Code);
            Assert.Equal([$"?{query.Split('=')[0]}"], problem.Pointers);
        }
    }

    [Fact]
    public async Task Id_that_does_not_read_as_one_is_404()
    {
        string[] paths = ["/v1/effects/x", "/v1/receipts/x", "/v1/api-keys/x", "/v1/subscriptions/x", "/v1/deliveries/x", "/v1/wallets/x", "/v1/transactions/x", "/v1/audit/x", "/v1/connections/X_", "/v1/objects/x", "/v1/chains/x"];
        foreach (var path in paths)
        {
            using var answer = await running.Gateway.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            await Problem.ReadAsync(answer, HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("GET /v1/effects HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /v1/effects HTTP/1.1\r\n\r\n")]
    [InlineData("POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx")]
    [InlineData("GET /v1/eff\0ects HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task Malformed_HTTP_is_400(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(running.Gateway.BaseUrl.Host, running.Gateway.BaseUrl.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_type_leads_to_a_page()
    {
        var list = await running.Gateway.Anonymous.GetStringAsync(new Uri("/problems", UriKind.Relative), TestContext.Current.CancellationToken);
        var codes = list.Split("href=\"/problems/").Skip(1).Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]).ToList();
        Assert.Contains("effects.not_found", codes);
        foreach (var code in codes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/problems/{code}");
            request.Headers.Accept.ParseAdd("text/html");
            using var page = await running.Gateway.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
            Assert.Contains(code, await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }
}
