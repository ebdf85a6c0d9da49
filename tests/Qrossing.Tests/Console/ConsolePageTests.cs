using System.Net;
using Microsoft.AspNetCore.Http;
using Qrossing.Tests.Sdk;

namespace Qrossing.Tests.OperatorConsole;

[Trait("Kind", "unit")]
public sealed class ConsolePageTests : IAsyncLifetime
{
    private const string EffectPath = "/console/effects/" + ContractAnswers.EffectId;

    private ConsoleHost _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages => ["/console", "/console/effects", EffectPath, "/console/unknowns", "/console/deliveries"];

    public async ValueTask InitializeAsync()
    {
        _console = await ConsoleHost.StartAsync();
        await _console.SignInAsync();
        _console.Peer.Requests.Clear();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_needs_no_script_no_inline_style_and_nothing_from_elsewhere(string page)
    {
        using var answer = await _console.Browser.GetAsync(page, Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("default-src 'self'; ", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_asks_the_gateway_with_the_operators_key(string page)
    {
        await _console.Browser.GetStringAsync(page, Cancel);

        Assert.NotEmpty(_console.Peer.Requests);
        Assert.All(_console.Peer.Requests, seen => Assert.Equal(ContractPeer.Key, seen.Headers["X-Api-Key"]));
    }

    [Fact(Explicit = true)]
    public async Task Overview_counts_what_needs_attention_and_shows_connections()
    {
        var html = await _console.Browser.GetStringAsync("/console", Cancel);

        Assert.Contains("<span class=\"number\">2&#x2B;</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"number\">1</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"badge doubt\">paused</span> connectors.unauthorized", html, StringComparison.Ordinal);
        Assert.Contains("qrossing.local/log", html, StringComparison.Ordinal);
        Assert.Contains("test/operator1", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_that_the_key_may_not_see_shows_the_refusal_and_the_rest_stays()
    {
        _console.Peer.On("GET /v1/connections", StatusCodes.Status403Forbidden, ContractAnswers.Problem(403, "access.forbidden", "A permission is missing."));

        var html = await _console.Browser.GetStringAsync("/console", Cancel);

        Assert.Contains("<code>access.forbidden</code>", html, StringComparison.Ordinal);
        Assert.Contains("unknown effects", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Effects_are_filtered_paged_and_the_filter_is_kept()
    {
        var html = await _console.Browser.GetStringAsync("/console/effects?outcome=unknown&kind=&connection=q%20x&after=page1", Cancel);

        Assert.Equal("?outcome=unknown&connection=q%20x&after=page1&limit=50", Assert.Single(_console.Peer.Requests).Query);
        Assert.Contains("<option value=\"unknown\" selected>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/console/effects?outcome=unknown&amp;connection=q%20x&amp;after=page2\"", html, StringComparison.Ordinal);
        Assert.Contains("First page", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Effect_shows_attempts_receipt_and_what_a_peer_sent_only_as_text()
    {
        var html = await _console.Browser.GetStringAsync(EffectPath, Cancel);

        Assert.Contains("It may have happened.", html, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"timeline\"", html, StringComparison.Ordinal);
        Assert.Contains("effects.sending", html, StringComparison.Ordinal);
        Assert.Contains("idx-1", html, StringComparison.Ordinal);
        Assert.Contains("erased", html, StringComparison.Ordinal);
        Assert.Contains("the log of 42 entries", html, StringComparison.Ordinal);
        Assert.Contains("delivery delivered", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;raw&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>raw", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Effect_without_a_receipt_yet_is_shown_all_the_same()
    {
        _console.Peer.On($"GET /v1/receipts/{ContractAnswers.EffectId}", StatusCodes.Status503ServiceUnavailable, ContractAnswers.Problem(503, "audit.not_integrated", "Not in the log yet."));

        var html = await _console.Browser.GetStringAsync(EffectPath, Cancel);

        Assert.Contains("<code>audit.not_integrated</code>", html, StringComparison.Ordinal);
        Assert.Contains("Calls to the peer", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console/unknowns", EffectPath + "/probe", "POST /v1/effects/" + ContractAnswers.EffectId + "/probe", EffectPath + "?done=probed")]
    [InlineData(EffectPath, EffectPath + "/cancel", "POST /v1/effects/" + ContractAnswers.EffectId + "/cancel", EffectPath + "?done=cancel_asked")]
    [InlineData("/console/deliveries", "/console/deliveries/" + ContractAnswers.DeliveryId + "/retry", "POST /v1/deliveries/" + ContractAnswers.DeliveryId + "/retry", "/console/deliveries?done=retried")]
    public async Task Button_has_the_gateway_act_once_and_leads_back(string page, string action, string request, string then)
    {
        Assert.Contains($"action=\"{action}\"", await _console.Browser.GetStringAsync(page, Cancel), StringComparison.Ordinal);

        using var answer = await _console.PostAsync(page, action);

        Assert.Equal((HttpStatusCode.Redirect, then), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Single(_console.Peer.Requests, seen => seen.Line == request);
        Assert.Contains("role=\"status\"", await _console.Browser.GetStringAsync(then, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_of_the_gateway_is_shown_with_title_code_and_trace()
    {
        _console.Peer.On($"POST /v1/effects/{ContractAnswers.EffectId}/cancel", StatusCodes.Status409Conflict, ContractAnswers.Problem(409, "effects.ended", "The effect has <ended>."));

        using var answer = await _console.PostAsync(EffectPath, EffectPath + "/cancel");
        var html = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("The effect has &lt;ended&gt;.", html, StringComparison.Ordinal);
        Assert.Contains("<code>effects.ended</code>", html, StringComparison.Ordinal);
        Assert.Contains("<code>4bf92f3577b34da6a3ce929d0e0e4736</code>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_that_does_not_answer_is_said_so()
    {
        await _console.Peer.DisposeAsync();

        using var answer = await _console.Browser.GetAsync("/console/effects", Cancel);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("console.gateway_unreachable", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("console.css", "text/css")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task Asset_has_an_address_of_its_content_and_is_kept_by_browsers(string name, string type)
    {
        var html = await _console.Browser.GetStringAsync("/console", Cancel);
        var start = html.IndexOf($"/console/assets/{name}?v=", StringComparison.Ordinal);
        var path = html[start..html.IndexOf('"', start)];

        using var answer = await _console.Browser.GetAsync(path, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        Assert.DoesNotContain("@import", text, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console/assets/none.css")]
    [InlineData("/console/assets/..%2Fappsettings.json")]
    public async Task Asset_that_does_not_exist_is_not_found(string path)
    {
        using var answer = await _console.Browser.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
