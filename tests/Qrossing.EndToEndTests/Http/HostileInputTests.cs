using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

/// <summary>Text, bodies and headers that programs of good will do not send.</summary>
[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed class HostileInputTests(RunningGateway running)
{
    private HttpClient Http => running.Gateway.Http;

    [Theory]
    [InlineData("/v1/effects?connection=%00", "?connection")]
    [InlineData("/v1/effects?kind=a%00b", "?kind")]
    [InlineData("/v1/events?subject=%01", "?subject")]
    [InlineData("/v1/events?type=a%00", "?type")]
    [InlineData("/v1/audit?action=%00", "?action")]
    [InlineData("/v1/audit?subject=%7F", "?subject")]
    [InlineData("/v1/objects?prefix=%00", "?prefix")]
    [InlineData("/v1/objects?prefix=%ff", "?prefix")]
    [InlineData("/v1/objects?prefix=%C3%28", "?prefix")]
    [InlineData("/v1/effects?kind=a&kind=b", "?kind")]
    [InlineData("/v1/events/stream?subject=%00", "?subject")]
    public async Task Query_parameter_that_is_no_single_text_is_pointed_at(string path, string pointer)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("query.invalid", problem.Code);
        Assert.Equal([pointer], problem.Pointers);
    }

    [Theory]
    [InlineData("/v1/connections/a%01b")]
    [InlineData("/v1/objects/a%01b")]
    [InlineData("/v1/effects/a%01b")]
    public async Task Name_in_the_path_with_a_control_character_names_nothing(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        await Problem.ReadAsync(answer, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/v1/api-keys", """{"name":"a\u0000b","environment":"test","scopes":["metrics:read"]}""", "/name")]
    [InlineData("/v1/api-keys", """{"name":"a","environment":"test","scopes":["metrics\u0000:read"]}""", "/scopes/0")]
    [InlineData("/v1/wallets", """{"name":"a\u0000b"}""", "/name")]
    [InlineData("/v1/wallets", """{"name":"a\u0085b"}""", "/name")]
    public async Task Control_character_in_a_body_is_pointed_at(string path, string body, string pointer)
    {
        using var answer = await Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Contains(pointer, (await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Pointers);
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"nul\u0000","source":"/t","type":"q.test.nul.v1"}""", "/id")]
    [InlineData("""{"specversion":"1.0","id":"nul-1","source":"/t","type":"q.test.nul.v1","tag":"a\u0000"}""", "/tag")]
    public async Task Control_character_in_an_attribute_of_an_event_is_pointed_at(string body, string pointer)
    {
        using var answer = await PostEventAsync(body);
        Assert.Contains(pointer, (await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Pointers);
    }

    [Fact]
    public async Task Control_character_in_the_data_of_an_event_is_kept()
    {
        using var answer = await PostEventAsync("""{"specversion":"1.0","id":"nul-data","source":"/t","type":"q.test.nul.v1","subject":"nul-data","data":{"text":"a\u0000b"}}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var list = await Http.GetFromJsonAsync<JsonElement>("/v1/events?subject=nul-data", TestContext.Current.CancellationToken);
        Assert.Equal("a\0b", list.GetProperty("data")[0].GetProperty("data").GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("gzip", "/v1/api-keys", "application/json")]
    [InlineData("br", "/v1/events", "application/cloudevents+json")]
    public async Task Coded_JSON_is_refused(string coding, string path, string mediaType)
    {
        using var body = new StringContent("{}", Encoding.UTF8, mediaType);
        body.Headers.ContentEncoding.Add(coding);
        using var answer = await Http.PostAsync(new Uri(path, UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.Equal("http.unsupported_media_type", (await Problem.ReadAsync(answer, HttpStatusCode.UnsupportedMediaType)).Code);
        Assert.Equal("identity", Assert.Single(answer.Headers.GetValues("Accept-Encoding")));
    }

    [Fact]
    public async Task Transfer_coding_other_than_chunked_is_501()
    {
        var (status, text) = await SendAsync("POST /v1/objects", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n");
        Assert.Equal(501, status);
        Assert.Contains("\"http.transfer_coding\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /v1/objects", "Content-Type: text/plain")]
    [InlineData("POST /v1/api-keys", "Content-Type: application/json")]
    [InlineData("POST /v1/events", "Content-Type: application/cloudevents+json")]
    public async Task Chunk_size_beyond_all_bounds_is_400(string request, string header)
    {
        var (status, text) = await SendAsync(request, $"{header}\r\nTransfer-Encoding: chunked", "FFFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n");
        Assert.Equal(400, status);
        Assert.Contains("http.bad_request", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_idempotency_keys_are_refused()
    {
        var (status, text) = await SendAsync("POST /v1/objects", "Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 1", "x");
        Assert.Equal(422, status);
        Assert.Contains("idempotency.invalid", text, StringComparison.Ordinal);
    }

    private Task<(int Status, string Text)> SendAsync(string request, string headers, string body) => RawHttp.SendAsync(
        running.Gateway.BaseUrl,
        $"{request} HTTP/1.1\r\nHost: {running.Gateway.BaseUrl.Authority}\r\nX-Api-Key: {running.Gateway.AdminKey}\r\nConnection: close\r\n{headers}\r\n\r\n{body}",
        TestContext.Current.CancellationToken);

    private Task<HttpResponseMessage> PostEventAsync(string json) => Http.PostAsync(
        new Uri("/v1/events", UriKind.Relative),
        new StringContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents+json") } },
        TestContext.Current.CancellationToken);
}
