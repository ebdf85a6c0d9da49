using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Http;

/// <summary>
/// HTTP that no client library would send, over bare sockets: the answer is a problem document or a clean 400 and the end of the connection, never a 500,
/// never two answers to one request.
/// </summary>
[Trait("Kind", "security")]
public sealed class HostileHttpTests(HostileGateway hostile) : IClassFixture<HostileGateway>
{
    private const string Head = "Host: a\r\n";

    private GatewayProcess Gateway => hostile.Gateway;

    private string Key => $"X-Api-Key: {Gateway.AdminKey}\r\n";

    public static TheoryData<string, string, string> Malformed => new()
    {
        // Framing: two readers must not see two requests.
        { "CL and TE", "POST /v1/events HTTP/1.1\r\n{head}{key}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n{head}\r\n", "400 411 415" },
        { "TE twice", "POST /v1/events HTTP/1.1\r\n{head}{key}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400 415 501" },
        { "TE unknown", "POST /v1/events HTTP/1.1\r\n{head}{key}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "400 501" },
        { "TE chunked not last", "POST /v1/events HTTP/1.1\r\n{head}{key}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", "400 501" },
        { "TE obs-fold", "POST /v1/events HTTP/1.1\r\n{head}{key}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", "400" },
        { "TE in HTTP/1.0", "POST /v1/events HTTP/1.0\r\n{head}{key}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400 415" },
        { "CL negative", "POST /v1/events HTTP/1.1\r\n{head}{key}Content-Length: -1\r\n\r\n", "400" },
        { "CL plus", "POST /v1/events HTTP/1.1\r\n{head}{key}Content-Length: +1\r\n\r\nx", "400 415" },
        { "CL hex", "POST /v1/events HTTP/1.1\r\n{head}{key}Content-Length: 0x1\r\n\r\nx", "400" },
        { "CL list", "POST /v1/events HTTP/1.1\r\n{head}{key}Content-Length: 1, 1\r\n\r\nx", "400" },
        { "CL too large", "POST /v1/events HTTP/1.1\r\n{head}{key}Content-Length: 99999999999999999999999\r\n\r\nx", "400" },
        { "CL space before colon", "POST /v1/events HTTP/1.1\r\n{head}{key}Content-Length : 1\r\n\r\nx", "400" },
        { "chunk size no hex", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n", "400" },
        { "chunk size negative", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n", "400" },
        { "chunk size overflow", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n", "400 413" },
        { "chunk longer than its size", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Transfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n", "400" },
        { "chunk with bare LF", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n", "400" },

        // The request line and headers.
        { "nothing known", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "400" },
        { "no version", "GET /v1/effects\r\n\r\n", "400" },
        { "version unknown", "GET /v1/effects HTTP/9.9\r\n{head}\r\n", "400 505" },
        { "method with blanks", "GE T /v1/effects HTTP/1.1\r\n{head}\r\n", "400" },
        { "method with control", "G\x01T /v1/effects HTTP/1.1\r\n{head}\r\n", "400" },
        { "no host", "GET /v1/effects HTTP/1.1\r\n{key}\r\n", "400" },
        { "host with path", "GET /v1/effects HTTP/1.1\r\nHost: a/b\r\n{key}\r\n", "400" },
        { "host with user", "GET /v1/effects HTTP/1.1\r\nHost: u@a\r\n{key}\r\n", "400" },
        { "header without colon", "GET /v1/effects HTTP/1.1\r\n{head}{key}nonsense\r\n\r\n", "400" },
        { "header without name", "GET /v1/effects HTTP/1.1\r\n{head}{key}: value\r\n\r\n", "400" },
        { "header with NUL", "GET /v1/effects HTTP/1.1\r\n{head}{key}X-A: a\0b\r\n\r\n", "400" },
        { "header with bare CR", "GET /v1/effects HTTP/1.1\r\n{head}{key}X-A: a\rb\r\n\r\n", "400" },
        { "header folded", "GET /v1/effects HTTP/1.1\r\n{head}{key}X-A: a\r\n b\r\n\r\n", "400" },
        { "header name with blank", "GET /v1/effects HTTP/1.1\r\n{head}{key}X A: a\r\n\r\n", "400" },

        // Targets.
        { "NUL in the path", "GET /v1/eff\0ects HTTP/1.1\r\n{head}{key}\r\n", "400" },
        { "NUL escaped in the path", "GET /v1/effects/%00 HTTP/1.1\r\n{head}{key}\r\n", "400 404" },
        { "authority target", "GET a:80 HTTP/1.1\r\n{head}{key}\r\n", "400 405" },
        { "asterisk target", "GET * HTTP/1.1\r\n{head}{key}\r\n", "400 404 405" },
        { "CONNECT", "CONNECT 10.0.0.1:80 HTTP/1.1\r\nHost: 10.0.0.1:80\r\n{key}\r\n", "400 404 405" },
        { "absolute target, other host", "GET http://evil.example/v1/effects HTTP/1.1\r\n{head}{key}\r\n", "400" },
        { "absolute target, other scheme", "GET ftp://a/v1/effects HTTP/1.1\r\n{head}{key}\r\n", "400" },
        { "fragment in the target", "GET /v1/effects#x HTTP/1.1\r\n{head}{key}\r\n", "400 404" },
        { "bytes over 127 in the target", "GET /v1/effects/\xff\xfe HTTP/1.1\r\n{head}{key}\r\n", "400 404" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Malformed_request_ends_in_a_clean_refusal(string name, string request, string statuses)
    {
        hostile.Begin();
        var answers = await ExchangeAsync(Fill(request));
        Assert.True(answers.Count >= 1, $"{name}: no answer");
        Assert.True(statuses.Split(' ').Select(int.Parse).Contains(answers[0].Status), $"{name}: {answers[0].Text}\n{Gateway.AllOutput}");
        Assert.True(answers.All(answer => answer.Status is not 200 and < 500 or 501 or 505), $"{name}: {string.Join(", ", answers.Select(answer => answer.Status))}");
        Assert.All(answers, answer => Assert.True(answer.IsEmptyOrProblem, $"{name}: {answer.Text}"));
        await HealthyAsync();
    }

    public static TheoryData<string, string, string> Unfit => new()
    {
        { "invalid UTF-8 in the path", "GET /v1/objects/%C3%28 HTTP/1.1\r\n{head}{key}\r\n", "404" },
        { "overlong UTF-8 in the path", "GET /v1/objects/%C0%AE%C0%AE HTTP/1.1\r\n{head}{key}\r\n", "404" },
        { "lone percent in the path", "GET /v1/objects/% HTTP/1.1\r\n{head}{key}\r\n", "400 404" },
        { "surrogate in the path", "GET /v1/objects/%ED%A0%80 HTTP/1.1\r\n{head}{key}\r\n", "404" },
        { "NUL in a key", "GET /v1/objects/a%00b HTTP/1.1\r\n{head}{key}\r\n", "400 404" },
        { "NUL in a query", "GET /v1/events?type=a%00b HTTP/1.1\r\n{head}{key}\r\n", "200 400 422" },
        { "invalid UTF-8 in a query", "GET /v1/events?subject=%ff HTTP/1.1\r\n{head}{key}\r\n", "200 400 422" },
        { "NUL in an object key", "POST /v1/objects?key=a%00b HTTP/1.1\r\n{head}{key}Content-Length: {len}\r\n\r\nx", "422" },
        { "invalid UTF-8 in an object key", "POST /v1/objects?key=%ff%fe HTTP/1.1\r\n{head}{key}Content-Length: {len}\r\n\r\nx", "201 400 422" },
        { "invalid UTF-8 in JSON", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Content-Length: {len}\r\n\r\n{\"name\":\"\xff\xfe\"}", "400" },
        { "UTF-16 JSON", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Content-Length: {len}\r\n\r\n\xff\xfe{\0}\0", "400" },
        { "byte order mark", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Content-Length: {len}\r\n\r\n\xef\xbb\xbf{}", "400 422" },
        { "NUL in JSON", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Content-Length: {len}\r\n\r\n{\0}", "400" },
        { "NUL escaped in a JSON string", "POST /v1/wallets HTTP/1.1\r\n{head}{key}{json}Content-Length: {len}\r\n\r\n{\"name\":\"a\\u0000b\"}", "201 422" },
        { "lone surrogate in JSON", "POST /v1/wallets HTTP/1.1\r\n{head}{key}{json}Content-Length: {len}\r\n\r\n{\"name\":\"\\ud800\"}", "400" },
        { "number beyond all bounds", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Content-Length: {len}\r\n\r\n{\"a\":1e999}", "400 422" },
        { "key header with bytes over 127", "POST /v1/objects HTTP/1.1\r\n{head}{key}Idempotency-Key: \xe9\xff\r\nContent-Length: {len}\r\n\r\nx", "400 422" },
        { "two API keys", "GET /v1/effects HTTP/1.1\r\n{head}{key}{key}\r\n", "401" },
        { "method unknown", "BREW /v1/effects HTTP/1.1\r\n{head}{key}\r\n", "405" },
        { "method override", "GET /v1/effects/x HTTP/1.1\r\n{head}{key}X-HTTP-Method-Override: DELETE\r\n\r\n", "404" },
        { "range without end", "GET /v1/effects HTTP/1.1\r\n{head}{key}Range: bytes=99999999999999999999-\r\n\r\n", "200" },
        { "expectation unknown", "POST /v1/objects HTTP/1.1\r\n{head}{key}Expect: 200-maybe\r\nContent-Length: {len}\r\n\r\nx", "201 417" },
        { "Accept without sense", "GET /v1/effects HTTP/1.1\r\n{head}{key}Accept: \xff;;;q=x\r\n\r\n", "200 400" },
        { "Prefer without sense", "POST /v1/objects HTTP/1.1\r\n{head}{key}Prefer: wait=-1, wait=999999999999999, =\r\nContent-Length: {len}\r\n\r\nx", "201 400" },
        { "traceparent without sense", "GET /v1/effects HTTP/1.1\r\n{head}{key}traceparent: 00-zz-zz-zz\r\ntracestate: \x01\r\n\r\n", "200 400" },
        { "Last-Event-ID without bounds", "GET /v1/events/stream HTTP/1.1\r\n{head}{key}Last-Event-ID: 99999999999999999999999\r\n\r\n", "400" },
        { "form in place of JSON", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len}\r\n\r\na=b", "415" },
        { "charset", "POST /v1/api-keys HTTP/1.1\r\n{head}{key}Content-Type: application/json; charset=utf-16\r\nContent-Length: {len}\r\n\r\n{}", "415" },
        { "multipart without boundary", "POST /v1/objects HTTP/1.1\r\n{head}{key}Content-Type: multipart/form-data\r\nContent-Length: {len}\r\n\r\n{}", "201 400 415 422" },
        { "multipart cut short", "POST /v1/objects HTTP/1.1\r\n{head}{key}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len}\r\n\r\n--b\r\n", "400 422" },
        { "multipart with endless headers", "POST /v1/objects HTTP/1.1\r\n{head}{key}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len}\r\n\r\n--b\r\n{40000}", "400 413 422" },
        { "content type without sense", "POST /v1/objects HTTP/1.1\r\n{head}{key}Content-Type: \x7f\x80;;;\r\nContent-Length: {len}\r\n\r\nx", "201 400 415 422" },
        { "body where none belongs", "GET /v1/effects HTTP/1.1\r\n{head}{key}Content-Length: {len}\r\n\r\nabc", "200 400" },
        { "event attribute with NUL", "POST /v1/events HTTP/1.1\r\n{head}{key}Content-Type: application/cloudevents+json\r\nContent-Length: {len}\r\n\r\n{\"specversion\":\"1.0\",\"id\":\"a\\u0000\",\"source\":\"/s\",\"type\":\"q.test.nul.v1\"}", "400 422" },
        { "binary event with encoded NUL", "POST /v1/events HTTP/1.1\r\n{head}{key}ce-specversion: 1.0\r\nce-id: a%00\r\nce-source: /s\r\nce-type: q.test.nul.v1\r\nContent-Length: {len}\r\n\r\n", "202 400 415 422" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task Request_that_is_HTTP_and_still_nonsense_gets_a_problem(string name, string request, string statuses)
    {
        hostile.Begin();
        var answers = await ExchangeAsync(Closing(Fill(request)));
        Assert.True(answers.Count == 1, $"{name}: {answers.Count} answers");
        Assert.True(statuses.Split(' ').Select(int.Parse).Contains(answers[0].Status), $"{name}: {answers[0].Text}\n{Gateway.AllOutput}");
        Assert.True(answers[0].Status < 400 || answers[0].IsProblem || answers[0].IsServersOwn, $"{name}: {answers[0].Text}");
        await HealthyAsync();
    }

    [Theory]
    [InlineData(200, 400, "431 400")]
    [InlineData(1, 40_000, "431 400")]
    public async Task Headers_over_the_limit_are_refused(int count, int length, string statuses)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(number => $"X-Long-{number}: {new string('a', length)}\r\n"));
        var answers = await ExchangeAsync($"GET /v1/effects HTTP/1.1\r\n{Head}{Key}{headers}\r\n");
        Assert.Contains(Assert.Single(answers).Status, statuses.Split(' ').Select(int.Parse));
    }

    [Fact]
    public async Task Request_line_over_the_limit_is_refused()
    {
        var answers = await ExchangeAsync($"GET /v1/effects?x={new string('a', 9_000)} HTTP/1.1\r\n{Head}{Key}\r\n");
        Assert.Contains(Assert.Single(answers).Status, new[] { 400, 414 });
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_each_and_in_order()
    {
        var requests = string.Concat(Enumerable.Range(0, 5).Select(number => $"GET /health/live HTTP/1.1\r\n{Head}X-Request-Id: pipelined-{number}\r\n\r\n"));
        var answers = await ExchangeAsync(requests + $"GET /nothing HTTP/1.1\r\n{Head}Connection: close\r\n\r\n");
        Assert.Equal([200, 200, 200, 200, 200, 404], answers.Select(answer => answer.Status));
        Assert.Equal(Enumerable.Range(0, 5).Select(number => $"pipelined-{number}"), answers.Take(5).Select(answer => answer.Header("X-Request-Id")));
    }

    [Fact]
    public async Task Body_of_one_request_is_not_read_as_the_next()
    {
        var inner = $"GET /v1/effects HTTP/1.1\r\n{Head}{Key}\r\n";
        var answers = await ExchangeAsync($"POST /v1/nothing HTTP/1.1\r\n{Head}Content-Length: {inner.Length}\r\n\r\n{inner}GET /health/live HTTP/1.1\r\n{Head}Connection: close\r\n\r\n");
        Assert.Equal([404, 200], answers.Select(answer => answer.Status));
    }

    [Theory]
    [InlineData("POST /v1/objects?key=cut/raw HTTP/1.1\r\n{head}{key}Content-Length: 100\r\n\r\nonly this", "cut/raw")]
    [InlineData("POST /v1/objects?key=cut/chunk HTTP/1.1\r\n{head}{key}Transfer-Encoding: chunked\r\n\r\n64\r\nonly this", "cut/chunk")]
    [InlineData("POST /v1/objects?key=cut/lastchunk HTTP/1.1\r\n{head}{key}Transfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n", "cut/lastchunk")]
    [InlineData("POST /v1/api-keys HTTP/1.1\r\n{head}{key}{json}Content-Length: 100\r\n\r\n{\"name\":", null)]
    [InlineData("POST /v1/events HTTP/1.1\r\n{head}{key}Content-Type: application/cloudevents+json\r\nContent-Length: 100\r\n\r\n{\"specversion\":", null)]
    public async Task Body_that_is_cut_short_leaves_nothing(string request, string? key)
    {
        hostile.Begin();
        var answers = await ExchangeAsync(Fill(request), shutdown: true);
        Assert.All(answers, answer => Assert.True(answer.Status is >= 400 and < 500, answer.Text));
        if (key is not null)
        {
            using var found = await Gateway.Http.GetAsync(new Uri($"/v1/objects/{key}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, found.StatusCode);
        }

        await HealthyAsync();
    }

    [Theory]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ", 408)]
    [InlineData("", 0)]
    public async Task Headers_that_never_end_are_ended_by_the_gateway(string beginning, int status)
    {
        // The gateway of this class gives headers and idle connections one second.
        var answers = await ExchangeAsync(beginning, close: false);
        Assert.Equal(status, answers.Count == 0 ? 0 : answers[0].Status);
    }

    private string Fill(string request)
    {
        var filled = request
            .Replace("{head}", Head, StringComparison.Ordinal)
            .Replace("{key}", Key, StringComparison.Ordinal)
            .Replace("{json}", "Content-Type: application/json\r\n", StringComparison.Ordinal)
            .Replace("{40000}", new string('a', 40_000), StringComparison.Ordinal);
        var body = filled[(filled.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        return filled.Replace("{len}", body.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static string Closing(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return request[..end] + "\r\nConnection: close" + request[end..];
    }

    private async Task HealthyAsync()
    {
        using var answer = await Gateway.Anonymous.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, Gateway.AllOutput);
        Assert.True(hostile.NewMistakes == 0, Gateway.AllOutput);
    }

    /// <summary>Sends bytes (Latin-1) and reads until the gateway closes. It closes malformed connections and those that are idle for a second.</summary>
    private async Task<List<RawAnswer>> ExchangeAsync(string request, bool shutdown = false, bool close = true)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Gateway.BaseUrl.Host, Gateway.BaseUrl.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
            if (shutdown && close)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }

            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // A reset after the answer: it did not want to read the rest.
        }

        return RawAnswer.ReadAll(Encoding.Latin1.GetString(answer.ToArray()));
    }

    /// <summary>One answer, with or without a length.</summary>
    private sealed record RawAnswer(int Status, string Headers, string Body)
    {
        public string Text => $"{Headers}\r\n\r\n{Body}";

        public bool IsProblem => Header("Content-Type") == "application/problem+json" && JsonElement.Parse(Body).GetProperty("status").GetInt32() == Status;

        /// <summary>The server's own answer to what it cannot read: without a body, and the end of the connection.</summary>
        public bool IsServersOwn => Status == 400 && Body.Length == 0 && Header("Connection") == "close";

        public bool IsEmptyOrProblem => Body.Length == 0 || IsProblem;

        public string? Header(string name) => Headers.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

        public static List<RawAnswer> ReadAll(string text)
        {
            var answers = new List<RawAnswer>();
            while (text.Length > 0)
            {
                Assert.StartsWith("HTTP/1.1 ", text, StringComparison.Ordinal);
                var headEnd = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                var answer = new RawAnswer(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[..headEnd], "");
                var rest = text[(headEnd + 4)..];
                var length = answer.Header("Content-Length") is { } given ? int.Parse(given, CultureInfo.InvariantCulture)
                    : answer.Status is 100 or 204 or 304 ? 0
                    : rest.Length;
                if (answer.Status != 100)
                {
                    answers.Add(answer with { Body = rest[..length] });
                }

                text = rest[length..];
            }

            return answers;
        }
    }
}
