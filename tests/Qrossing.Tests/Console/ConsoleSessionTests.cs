using System.Net;
using Microsoft.AspNetCore.Http;
using Qrossing.TestKit.Processes;
using Qrossing.Tests.Sdk;

namespace Qrossing.Tests.OperatorConsole;

[Trait("Kind", "security")]
public sealed class ConsoleSessionTests : IAsyncLifetime
{
    private ConsoleHost _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("/console", "/console/login?then=%2Fconsole")]
    [InlineData("/console/effects?kind=a", "/console/login?then=%2Fconsole%2Feffects%3Fkind%3Da")]
    public async Task Page_without_a_session_leads_to_the_form_and_asks_the_gateway_nothing(string page, string expected)
    {
        using var answer = await _console.Browser.GetAsync(page, Cancel);

        Assert.Equal((HttpStatusCode.Redirect, expected), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Empty(_console.Peer.Requests);
    }

    [Fact]
    public async Task Signing_in_puts_the_key_encrypted_into_a_cookie_that_only_the_console_sees()
    {
        using var answer = await _console.PostAsync("/console/login?then=/console/unknowns", "/console/login", ("key", $" {ContractPeer.Key} "), ("then", "/console/unknowns"));

        Assert.Equal("/console/unknowns", answer.Headers.Location!.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), text => text.StartsWith("qrossing.console=", StringComparison.Ordinal));
        Assert.Contains("; path=/console", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("operator1", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qk_test_operator1_00000000000000000000000", HttpStatusCode.Unauthorized, "access.unauthenticated")]
    [InlineData("secret", HttpStatusCode.UnprocessableEntity, "console.not_a_key")]
    [InlineData("qk_test_operator1_0123456789abcdefghijklmn\r\nX-Evil: 1", HttpStatusCode.UnprocessableEntity, "console.not_a_key")]
    public async Task Key_that_the_gateway_does_not_take_signs_nobody_in(string key, HttpStatusCode status, string code)
    {
        using var answer = await _console.PostAsync("/console/login", "/console/login", ("key", key), ("then", "/console"));

        Assert.Equal(status, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains(code, html, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", html, StringComparison.Ordinal);
        Assert.Null(_console.Cookies.GetCookies(new Uri(_console.BaseUrl, "/console"))["qrossing.console"]);
    }

    [Fact]
    public async Task Key_that_may_not_read_effects_signs_in_all_the_same()
    {
        _console.Peer.On("GET /v1/effects", StatusCodes.Status403Forbidden, ContractAnswers.Problem(403, "access.forbidden", "A permission is missing."));

        await _console.SignInAsync();

        Assert.Contains("access.forbidden", await _console.Browser.GetStringAsync("/console", Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/console")]
    [InlineData("//evil.example")]
    [InlineData("/console.evil.example")]
    [InlineData("/console/\\evil.example")]
    [InlineData("/v1/effects")]
    [InlineData("/console/../v1/effects")]
    [InlineData("/console/./../v1/effects")]
    [InlineData("/console/%2e%2e/v1/effects")]
    [InlineData("/console/%2E./v1/effects")]
    public async Task Link_cannot_lead_anywhere_else_after_signing_in(string then)
    {
        using var answer = await _console.PostAsync("/console/login", "/console/login", ("key", ContractPeer.Key), ("then", then));

        Assert.Equal("/console", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/console/login")]
    [InlineData("/console/effects/" + ContractAnswers.EffectId + "/probe")]
    [InlineData("/console/effects/" + ContractAnswers.EffectId + "/cancel")]
    [InlineData("/console/deliveries/" + ContractAnswers.DeliveryId + "/retry")]
    public async Task Form_without_its_token_does_nothing(string action)
    {
        await _console.SignInAsync();
        _console.Peer.Requests.Clear();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("key", ContractPeer.Key)]);

        using var answer = await _console.Browser.PostAsync(action, form, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("console.form_expired", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Empty(_console.Peer.Requests);
    }

    [Fact]
    public async Task Form_larger_than_any_of_ours_is_refused()
    {
        await _console.SignInAsync();

        using var answer = await _console.PostAsync("/console/login", "/console/login", ("key", new string('k', 20_000)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Session_ends_when_the_gateway_no_longer_takes_the_key()
    {
        await _console.SignInAsync();
        _console.Peer.On("GET /v1/deliveries", StatusCodes.Status401Unauthorized, ContractAnswers.Problem(401, "access.unauthenticated", "The credential is not valid."));

        using var answer = await _console.Browser.GetAsync("/console/deliveries", Cancel);

        Assert.Equal("/console/login?then=%2Fconsole%2Fdeliveries", answer.Headers.Location!.OriginalString);
        Assert.Null(_console.Cookies.GetCookies(new Uri(_console.BaseUrl, "/console"))["qrossing.console"]);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_away()
    {
        await _console.SignInAsync();

        using var answer = await _console.PostAsync("/console/unknowns", "/console/logout");

        Assert.Equal("/console/login", answer.Headers.Location!.OriginalString);
        using var page = await _console.Browser.GetAsync("/console/unknowns", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task Cookie_that_was_changed_is_no_session()
    {
        await _console.SignInAsync();
        var cookie = _console.Cookies.GetCookies(new Uri(_console.BaseUrl, "/console"))["qrossing.console"]!;
        cookie.Value = cookie.Value[..^8] + "AAAAAAAA";

        using var answer = await _console.Browser.GetAsync("/console/unknowns", Cancel);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Session_outlives_a_restart_with_the_same_key_directory()
    {
        using var folder = new TemporaryFolder("console-keys");
        string value;
        await using (var before = await ConsoleHost.StartAsync(folder.Path))
        {
            await before.SignInAsync();
            value = before.Cookies.GetCookies(new Uri(before.BaseUrl, "/console"))["qrossing.console"]!.Value;
        }

        await using var after = await ConsoleHost.StartAsync(folder.Path);
        after.Cookies.Add(new Cookie("qrossing.console", value, "/console", after.BaseUrl.Host));

        using var answer = await after.Browser.GetAsync("/console/unknowns", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
