using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

/// <summary>A key of one environment and the connections of another.</summary>
[Trait("Kind", "security")]
[Collection(HttpBattery.Name)]
public sealed class EnvironmentTests(RunningGateway running)
{
    [Theory]
    [InlineData("PATCH", "", """{"options":{},"version":1}""")]
    [InlineData("PUT", "", """{"options":{},"version":1}""")]
    [InlineData("DELETE", "", null)]
    [InlineData("POST", "/test", null)]
    [InlineData("POST", "/enable", null)]
    [InlineData("POST", "/disable", null)]
    public async Task Test_key_manages_no_live_connection(string method, string verb, string? body)
    {
        using var client = await ClientAsync("connections:admin", "connections:read");
        await ConnectAsync(running.Gateway.Http, "live-one", "live");
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/connections/live-one{verb}");
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("access.environment_mismatch", (await Problem.ReadAsync(answer, HttpStatusCode.Forbidden)).Code);
    }

    [Fact]
    public async Task Test_key_makes_sandbox_connections_and_keeps_them_there()
    {
        using var client = await ClientAsync("connections:admin");
        using var live = await client.PostAsJsonAsync("/v1/connections", new { id = "sandbox-not", kind = "cloud.local", options = new { } }, TestContext.Current.CancellationToken);
        Assert.Equal("access.environment_mismatch", (await Problem.ReadAsync(live, HttpStatusCode.Forbidden)).Code);
        await ConnectAsync(client, "sandbox-one", "sandbox");
        using var moved = await client.PatchAsJsonAsync("/v1/connections/sandbox-one", new { environment = "live" }, TestContext.Current.CancellationToken);
        Assert.Equal("access.environment_mismatch", (await Problem.ReadAsync(moved, HttpStatusCode.Forbidden)).Code);
        using var deleted = await client.DeleteAsync(new Uri("/v1/connections/sandbox-one", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Theory]
    [InlineData("probe")]
    [InlineData("cancel")]
    public async Task Test_key_touches_no_effect_of_a_live_connection(string verb)
    {
        using var client = await ClientAsync("effects:write");
        await ConnectAsync(running.Gateway.Http, "live-effects", "live");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/m/gone/x") { Content = new StringContent("x") };
        request.Headers.Add("Idempotency-Key", $"environment-{verb}");
        request.Headers.Add("Prefer", "wait=0");
        using var recorded = await running.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        using var answer = await client.PostAsync(new Uri($"{recorded.Headers.Location}/{verb}", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal("access.environment_mismatch", (await Problem.ReadAsync(answer, HttpStatusCode.Forbidden)).Code);
    }

    private static async Task ConnectAsync(HttpClient client, string id, string environment)
    {
        using var made = await client.PostAsJsonAsync("/v1/connections", new { id, kind = "cloud.local", options = new { }, environment }, TestContext.Current.CancellationToken);
        Assert.True(made.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<HttpClient> ClientAsync(params string[] scopes)
    {
        using var made = await running.Gateway.Http.PostAsJsonAsync("/v1/api-keys", new { name = "tester", environment = "test", scopes }, TestContext.Current.CancellationToken);
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("key").GetString()!;
        return new HttpClient { BaseAddress = running.Gateway.BaseUrl, DefaultRequestHeaders = { { "X-Api-Key", key } } };
    }
}
