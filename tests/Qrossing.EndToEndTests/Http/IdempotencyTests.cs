using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed class IdempotencyTests(RunningGateway running)
{
    [Fact]
    public async Task Repeat_gets_the_first_answer_and_another_request_is_refused()
    {
        using var first = await PutAsync("key-1", "the content");
        using var repeat = await PutAsync("key-1", "the content");
        using var other = await PutAsync("key-1", "other content");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(HttpStatusCode.Created, repeat.StatusCode);
        Assert.Equal("true", Assert.Single(repeat.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(first.Headers.Location, repeat.Headers.Location);
        Assert.Equal(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await repeat.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("idempotency.mismatch", (await Problem.ReadAsync(other, HttpStatusCode.UnprocessableEntity)).Code);
    }

    [Fact]
    public async Task Query_belongs_to_what_makes_requests_the_same()
    {
        using var first = await PutAsync("key-2", "x", "?key=idem/a");
        using var other = await PutAsync("key-2", "x", "?key=idem/b");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await Problem.ReadAsync(other, HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    public async Task Key_that_is_not_visible_ASCII_is_refused(string key)
    {
        using var answer = await PutAsync(key, "x");
        Assert.Equal("idempotency.invalid", (await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Code);
    }

    [Fact]
    public async Task Key_is_required_where_money_moves()
    {
        using var answer = await running.Gateway.Http.PostAsJsonAsync("/v1/transactions", new { }, TestContext.Current.CancellationToken);
        Assert.Equal("idempotency.required", (await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Code);
    }

    [Fact]
    public async Task Caller_that_does_not_wait_gets_the_effect()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/objects") { Content = new StringContent("not waiting") };
        request.Headers.Add("Prefer", "wait=0");
        using var answer = await running.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("wait=0", Assert.Single(answer.Headers.GetValues("Preference-Applied")));
        var effect = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal($"/v1/effects/{effect.GetProperty("id").GetString()}", answer.Headers.Location!.ToString());

        using var probed = await running.Gateway.Http.PostAsync(new Uri($"{answer.Headers.Location}/probe", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, probed.StatusCode);
    }

    [Theory]
    [InlineData("1050", null)]
    [InlineData("0", "/value")]
    [InlineData("-1", "/value")]
    [InlineData("+1", "/value")]
    [InlineData("1.5", "/value")]
    [InlineData("1e3", "/value")]
    [InlineData("010", "/value")]
    [InlineData(" 1", "/value")]
    [InlineData("", "/value")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936", "/value")]
    public async Task Amount_is_digits_greater_than_zero(string value, string? pointer)
    {
        var body = JsonSerializer.Serialize(new { chain = "eip155:31337", wallet = "wal_06f1m2v8d9w3x5z7a1b4c6d8e0", to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", value });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/transactions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "amount");
        using var answer = await running.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        if (pointer is null)
        {
            Assert.Equal("wallets.not_found", (await Problem.ReadAsync(answer, HttpStatusCode.NotFound)).Code);
            return;
        }

        Assert.Equal([pointer], (await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Pointers);
    }

    private Task<HttpResponseMessage> PutAsync(string key, string content, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/objects" + query) { Content = new StringContent(content, Encoding.UTF8, "text/plain") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return running.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
