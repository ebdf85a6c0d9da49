using System.Net;
using System.Text.Json;
using Qrossing.EndToEndTests.Http;
using Qrossing.TestKit.Network;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Faults;

/// <summary>Subscribers that are dead, busy, gone or elsewhere.</summary>
[Trait("Kind", "e2e")]
public sealed class DeliveryFaultTests : IAsyncLifetime
{
    private WebhookReceiver? _receiver;
    private GatewayClient? _client;

    private WebhookReceiver Receiver => _receiver ?? throw new InvalidOperationException("Not started.");

    private GatewayClient Client => _client ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _client = new GatewayClient(await GatewayProcess.StartAsync(new GatewayOptions
        {
            Settings = new Dictionary<string, string> { ["Egress:Allow:0"] = "127.0.0.1", ["Webhooks:FirstDelay"] = "00:00:00.2" },
        }));
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.Gateway.DisposeAsync();
        }

        if (_receiver is not null)
        {
            await _receiver.DisposeAsync();
        }
    }

    [Fact]
    public async Task Dead_and_silent_endpoints_hold_nobody_up()
    {
        await using var silent = await WebhookReceiver.StartAsync();
        silent.Answer = _ => new WebhookAnswer { Fault = WebhookFault.Silence };
        await SubscribeAsync($"http://127.0.0.1:{FreePort.Next()}/dead");
        await SubscribeAsync(silent.Url.ToString());
        Receiver.Secret = GatewayClient.Text(await SubscribeAsync(Receiver.Url.ToString()), "secret");
        for (var number = 0; number < 20; number++)
        {
            await PublishAsync($"d{number}");
        }

        var received = await ReceivedAsync(20);
        Assert.All(received, webhook => Assert.Equal(SignatureVerdict.Valid, webhook.Signature));
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"d{number}"), received.Select(webhook => GatewayClient.Text(JsonElement.Parse(webhook.Body), "id")!));
        await WaitForReasonAsync("deliveries.not_connected");
    }

    [Fact]
    public async Task Endpoint_that_asks_for_time_gets_it()
    {
        Receiver.Answer = _ => new WebhookAnswer(503) { Headers = new Dictionary<string, string> { ["Retry-After"] = "3600" } };
        await SubscribeAsync(Receiver.Url.ToString());
        await PublishAsync("later");
        var delivery = await WaitForReasonAsync("deliveries.refused");
        Assert.True(delivery.GetProperty("nextAttemptAt").GetDateTimeOffset() - delivery.GetProperty("updatedAt").GetDateTimeOffset() >= TimeSpan.FromSeconds(3599), delivery.ToString());
        Assert.Single(Receiver.Received);

        // A person may ask for it all the same, under the same id.
        Receiver.Answer = _ => new WebhookAnswer();
        await Client.PostAsync($"/v1/deliveries/{GatewayClient.Text(delivery, "id")}/retry", status: HttpStatusCode.OK);
        var received = await ReceivedAsync(2);
        Assert.Equal(received[0].WebhookId, received[1].WebhookId);
    }

    [Fact]
    public async Task Endpoint_that_is_gone_is_not_asked_again()
    {
        Receiver.Answer = _ => new WebhookAnswer(410);
        var subscription = await SubscribeAsync(Receiver.Url.ToString());
        await PublishAsync("gone-1");
        await Client.UntilAsync(async () => GatewayClient.Text(await Client.GetAsync($"/v1/subscriptions/{GatewayClient.Text(subscription, "id")}"), "status") == "disabled", () => "the subscription stays active");
        await PublishAsync("gone-2");
        await Client.UntilAsync(async () => (await Client.ListAsync("/v1/events?type=q.gateway.subscription.disabled.v1")).Count == 1, () => "nobody was told");
        Assert.Single(Receiver.Received);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var elsewhere = await WebhookReceiver.StartAsync();
        Receiver.Answer = _ => new WebhookAnswer(307) { Headers = new Dictionary<string, string> { ["Location"] = elsewhere.Url.ToString() } };
        await SubscribeAsync(Receiver.Url.ToString());
        await PublishAsync("redirected");
        await WaitForReasonAsync("deliveries.redirected");
        Assert.Empty(elsewhere.Received);
    }

    [Theory]
    [InlineData("https://127.0.0.2/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://[::ffff:127.0.0.2]/hook")]
    [InlineData("https://10.0.0.1/hook")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://0x7f.0.0.2/hook")]
    [InlineData("https://2130706434/hook")]
    [InlineData("https://0177.0.0.2/hook")]
    public async Task Address_inside_is_refused_when_it_is_configured(string url)
    {
        using var subscription = await Client.SendAsync(HttpMethod.Post, "/v1/subscriptions", new { url, types = new[] { "*" } });
        Assert.Equal("egress.refused", (await Problem.ReadAsync(subscription, HttpStatusCode.UnprocessableEntity)).Code);
        using var connection = await Client.SendAsync(HttpMethod.Post, "/v1/connections", new { id = "inside", kind = "blockchain.evm", options = new { chainId = 1, endpoint = url } });
        Assert.Equal("egress.refused", (await Problem.ReadAsync(connection, HttpStatusCode.UnprocessableEntity)).Code);
    }

    [Fact]
    public async Task Address_is_checked_again_at_every_connect()
    {
        await SubscribeAsync(Receiver.Url.ToString());
        await Client.Gateway.RestartAsync(options => options with { Settings = new Dictionary<string, string>() });
        await PublishAsync("forbidden-now");
        await WaitForReasonAsync("egress.refused");
        Assert.Empty(Receiver.Received);
    }

    private Task<JsonElement> SubscribeAsync(string url) => Client.PostAsync("/v1/subscriptions", new { url, types = new[] { "q.test.*" } });

    private async Task PublishAsync(string id)
    {
        using var content = new StringContent($$"""{"specversion":"1.0","id":"{{id}}","source":"/d","type":"q.test.delivery.v1","partitionkey":"one"}""");
        content.Headers.ContentType = new("application/cloudevents+json");
        using var answer = await Client.Gateway.Http.PostAsync(new Uri("/v1/events", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private async Task<IReadOnlyList<ReceivedWebhook>> ReceivedAsync(int count)
    {
        await Client.UntilAsync(() => Task.FromResult(Receiver.Received.Count >= count), () => $"only {Receiver.Received.Count} deliveries arrived");
        return Receiver.Received;
    }

    private async Task<JsonElement> WaitForReasonAsync(string reason)
    {
        var found = default(JsonElement);
        await Client.UntilAsync(
            async () =>
            {
                found = (await Client.ListAsync("/v1/deliveries?limit=200")).FirstOrDefault(delivery => GatewayClient.Text(delivery, "reason") == reason);
                return found.ValueKind == JsonValueKind.Object;
            },
            () => $"no delivery has the reason {reason}");
        return found;
    }
}
