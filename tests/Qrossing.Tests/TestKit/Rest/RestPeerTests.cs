using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Qrossing.TestKit.Rest;

namespace Qrossing.Tests.TestKit.Rest;

[Trait("Kind", "unit")]
public sealed class RestPeerTests : IAsyncLifetime
{
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { { "X-Orders-Key", RestPeer.ApiKey } } };
    private RestPeer _peer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _peer = await RestPeer.StartAsync();
        _http.BaseAddress = _peer.BaseUrl;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task Order_is_applied_once_per_key_and_found_by_id_and_reference()
    {
        using var first = await OrderAsync("A-1", "key-1");
        using var again = await OrderAsync("A-1", "key-1");
        using var other = await OrderAsync("A-2", "key-1");

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], new[] { first, again, other }.Select(answer => answer.StatusCode));
        Assert.Equal(1, _peer.AppliedCount("A-1"));
        Assert.Equal(0, _peer.AppliedCount("A-2"));
        Assert.Equal("A-1", (await _http.GetFromJsonAsync<RestOrder>("/orders/ord_1", Cancel))?.Reference);
        var found = await _http.GetFromJsonAsync<JsonElement>("/orders?reference=A-1", Cancel);
        Assert.Equal(1, found.GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task Order_without_a_key_is_applied_each_time()
    {
        using var first = await OrderAsync("B-1");
        using var second = await OrderAsync("B-1");

        Assert.Equal(2, _peer.AppliedCount("B-1"));
    }

    [Theory]
    [InlineData(RestPeerFault.ApplyThenClose, 1)]
    [InlineData(RestPeerFault.Close, 0)]
    public async Task Dropped_connection_says_nothing_about_what_was_applied(RestPeerFault fault, int applied)
    {
        _peer.FailNext("createOrder", fault);

        await Assert.ThrowsAsync<HttpRequestException>(() => OrderAsync("C-1"));

        Assert.Equal(applied, _peer.AppliedCount("C-1"));
    }

    [Theory]
    [InlineData(RestPeerFault.Garbage, 200, 0)]
    [InlineData(RestPeerFault.ApplyThenGarbage, 200, 1)]
    [InlineData(RestPeerFault.RateLimited, 429, 0)]
    [InlineData(RestPeerFault.Unavailable, 503, 0)]
    public async Task Faulty_answer_comes_once_and_with_the_stated_effect(RestPeerFault fault, int status, int applied)
    {
        _peer.FailNext("createOrder", fault);

        using var faulty = await OrderAsync("D-1");
        var afterFault = _peer.AppliedCount("D-1");
        using var healthy = await OrderAsync("D-1");

        Assert.Equal((status, applied), ((int)faulty.StatusCode, afterFault));
        Assert.Equal(HttpStatusCode.Created, healthy.StatusCode);
    }

    [Fact]
    public async Task ApplyThenTimeout_applies_and_leaves_the_caller_waiting()
    {
        _peer.FailNext("createOrder", RestPeerFault.ApplyThenTimeout);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var sending = OrderAsync("E-1", cancellationToken: patience.Token);
        await _peer.WaitForAsync(requests => requests.Count == 1, Cancel);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri("/orders?reference=E-1", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(1, _peer.AppliedCount("E-1"));
    }

    [Fact]
    public async Task Slow_answer_comes_when_released()
    {
        _peer.FailNext("createOrder", RestPeerFault.Slow);

        var sending = OrderAsync("F-1");
        await _peer.WaitForAsync(requests => requests.Count == 1, Cancel);
        Assert.False(sending.IsCompleted);
        _peer.Release();

        using var answer = await sending;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Request_without_the_credential_is_refused_but_the_document_is_open()
    {
        using var anonymous = new HttpClient { BaseAddress = _peer.BaseUrl };

        using var refused = await anonymous.GetAsync(new Uri("/orders/ord_1", UriKind.Relative), Cancel);
        var document = await anonymous.GetFromJsonAsync<JsonElement>(_peer.DocumentUrl, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"reference":"G-1","item":"tea","quantity":0}""")]
    public async Task Malformed_order_is_refused(string body)
    {
        using var answer = await _http.PostAsync(new Uri("/orders", UriKind.Relative), new StringContent(body), Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Empty(_peer.Applied);
    }

    private async Task<HttpResponseMessage> OrderAsync(string reference, string? key = null, CancellationToken? cancellationToken = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders")
        {
            Content = JsonContent.Create(new { reference, item = "tea", quantity = 2 }),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _http.SendAsync(request, cancellationToken ?? Cancel);
    }
}
