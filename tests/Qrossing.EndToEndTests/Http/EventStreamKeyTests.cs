using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

[Trait("Kind", "security")]
[Collection(HttpBattery.Name)]
public sealed class EventStreamKeyTests(RunningGateway running)
{
    [Fact]
    public async Task Stream_ends_with_its_key_and_shows_nothing_after_the_revocation()
    {
        using var made = await running.Gateway.Http.PostAsJsonAsync("/v1/api-keys", new { name = "listener", environment = "test", scopes = new[] { "events:read" } }, TestContext.Current.CancellationToken);
        var key = await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream");
        request.Headers.Add("X-Api-Key", key.GetProperty("key").GetString());
        using var stream = await running.Gateway.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);

        using var revoked = await running.Gateway.Http.DeleteAsync(new Uri($"/v1/api-keys/{key.GetProperty("id").GetString()}", UriKind.Relative), TestContext.Current.CancellationToken);
        revoked.EnsureSuccessStatusCode();

        // The revocation is an event itself, and the first that the stream must not show.
        var shown = await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("api_keys.revoked", shown, StringComparison.Ordinal);
    }
}
