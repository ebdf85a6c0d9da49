using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Qrossing.EndToEndTests.Http;
using Qrossing.TestKit.Processes;
using Qrossing.TestKit.Rest;

namespace Qrossing.EndToEndTests.Operations;

/// <summary>A described HTTP API through the gateway: its operations as typed effects, against a real server.</summary>
[Trait("Kind", "e2e")]
public sealed class OperationTests : IAsyncLifetime
{
    private const string Path = "/v1/connections/orders/operations/createOrder";
    private const string Secret = RestPeer.ApiKey;

    private RestPeer? _desk;
    private GatewayClient? _client;

    private RestPeer Desk => _desk ?? throw new InvalidOperationException("Not started.");

    private GatewayClient Client => _client ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _desk = await RestPeer.StartAsync();
        _client = new GatewayClient(await GatewayProcess.StartAsync(new GatewayOptions { Settings = new Dictionary<string, string> { ["Egress:Allow:0"] = "127.0.0.1" } }));
        await Client.ConnectAsync("orders", "http.openapi", await OptionsAsync("key"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.Gateway.DisposeAsync();
        }

        if (_desk is not null)
        {
            await _desk.DisposeAsync();
        }
    }

    [Fact]
    public async Task Operations_are_listed_and_reads_answered_at_once()
    {
        var listed = (await Client.ListAsync("/v1/connections/orders/operations")).ToDictionary(operation => operation.GetProperty("operationId").GetString()!);
        Assert.Equal(["createOrder", "getOrder", "listOrders"], listed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((false, true), (listed["createOrder"].GetProperty("readOnly").GetBoolean(), listed["createOrder"].GetProperty("hasLookup").GetBoolean()));

        var read = await Client.PostAsync("/v1/connections/orders/operations/listOrders", new { parameters = new { reference = "none" } }, HttpStatusCode.OK);
        Assert.Equal(0, read.GetProperty("body").GetProperty("orders").GetArrayLength());
        Assert.DoesNotContain(await Client.ListAsync("/v1/effects"), effect => GatewayClient.Text(effect, "connection") == "orders");

        using var missing = await Client.SendAsync(HttpMethod.Post, "/v1/connections/orders/operations/getOrder", new { parameters = new { id = "ord_99" } });
        Assert.Equal("peer.refused", (await Problem.ReadAsync(missing, HttpStatusCode.BadGateway)).Code);
    }

    [Fact]
    public async Task Write_is_an_effect_with_a_key_towards_the_peer_and_one_towards_the_caller()
    {
        var first = await Client.PostAsync(Path, Order("typed"), HttpStatusCode.OK, "order-1");
        using var repeat = await Client.SendAsync(HttpMethod.Post, Path, Order("typed"), "order-1");
        Assert.Equal("true", Assert.Single(repeat.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(first.ToString(), JsonElement.Parse(await repeat.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ToString());

        Assert.Equal(("createOrder", 201, "typed"), (GatewayClient.Text(first, "operationId"), first.GetProperty("status").GetInt32(), GatewayClient.Text(first.GetProperty("body"), "reference")));
        Assert.Equal(GatewayClient.Text(first, "effectId"), Assert.Single(Desk.Requests, request => request.OperationId == "createOrder").IdempotencyKey);
        Assert.Equal(1, Desk.AppliedCount("typed"));
    }

    [Theory]
    [InlineData(RestPeerFault.ApplyThenClose, "key")]
    [InlineData(RestPeerFault.ApplyThenGarbage, "key")]
    [InlineData(RestPeerFault.ApplyThenClose, "natural")]
    [InlineData(RestPeerFault.ApplyThenClose, "none")]
    [InlineData(RestPeerFault.Unavailable, "key")]
    public async Task Write_with_an_unknown_outcome_is_found_and_applied_once(RestPeerFault fault, string idempotency)
    {
        await ConfigureAsync(idempotency);
        Desk.FailNext("createOrder", fault);
        var effect = await Client.PostAsync(Path, Order("lost"), HttpStatusCode.Accepted, prefer: "wait=0");
        var id = effect.GetProperty("id").GetString()!;
        await Client.EffectAsync(id, "succeeded");

        Assert.Equal(1, Desk.AppliedCount("lost"));
        var told = (await Client.ListAsync($"/v1/events?subject={id}")).Select(item => item.GetProperty("type").GetString()!).ToList();
        Assert.Contains("q.gateway.effects.unknown.v1", told);
        Assert.Equal("q.gateway.effects.succeeded.v1", told[^1]);
    }

    [Fact]
    public async Task Write_whose_reply_never_comes_is_unknown_and_then_found()
    {
        await ConfigureAsync("natural");
        Desk.FailNext("createOrder", RestPeerFault.ApplyThenTimeout);
        var effect = await Client.PostAsync(Path, Order("silent"), HttpStatusCode.Accepted, "silent", "wait=1");
        Assert.Equal("pending", GatewayClient.Text(effect, "outcome"));
        var found = await Client.EffectAsync(effect.GetProperty("id").GetString()!, "succeeded");

        Assert.Equal(["send", "lookup"], found.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("kind").GetString()!).Distinct());
        Assert.Equal(1, Desk.AppliedCount("silent"));
        using var repeat = await Client.SendAsync(HttpMethod.Post, Path, Order("silent"), "silent");
        Assert.Equal((HttpStatusCode.OK, "true"), (repeat.StatusCode, Assert.Single(repeat.Headers.GetValues("Idempotency-Replayed"))));
    }

    [Fact]
    public async Task Rate_limit_is_waited_out()
    {
        Desk.FailNext("createOrder", RestPeerFault.RateLimited);
        var effect = await Client.PostAsync(Path, Order("limited"), HttpStatusCode.Accepted, prefer: "wait=0");
        var done = await Client.EffectAsync(effect.GetProperty("id").GetString()!, "succeeded");
        Assert.DoesNotContain(await Client.ListAsync($"/v1/events?subject={done.GetProperty("id").GetString()}"), item => item.GetProperty("type").GetString() == "q.gateway.effects.unknown.v1");
        Assert.Equal(1, Desk.AppliedCount("limited"));
    }

    [Theory]
    [InlineData("""{"body":{"reference":"r","item":"lamp","quantity":0}}""", "/body/quantity")]
    [InlineData("""{"body":{"reference":"","item":"","quantity":1}}""", "/body/item", "/body/reference")]
    [InlineData("""{"body":{"reference":"r","item":"lamp","quantity":"2"}}""", "/body/quantity")]
    [InlineData("""{"body":{"reference":"r"}}""", "/body/item", "/body/quantity")]
    [InlineData("""{"body":[]}""", "/body")]
    [InlineData("""{}""", "/body")]
    [InlineData("""{"parameters":{"Idempotency-Key":"mine"},"body":{"reference":"r","item":"lamp","quantity":1}}""", "/parameters/Idempotency-Key")]
    public async Task Body_that_does_not_fit_is_pointed_at_and_sent_nowhere(string body, params string[] pointers)
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, Path, body, "unfit");
        var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("operations.request_invalid", problem.Code);
        Assert.Equal(pointers, problem.Pointers.Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(Desk.Requests);

        // It did not become an effect: its key is free.
        await Client.PostAsync(Path, Order("fit"), HttpStatusCode.OK, "unfit");
    }

    [Theory]
    [InlineData("/v1/connections/orders/operations/deleteOrder", "operations.not_found", HttpStatusCode.NotFound)]
    [InlineData("/v1/connections/nobody/operations/createOrder", "connections.not_found", HttpStatusCode.NotFound)]
    [InlineData("/v1/connections/local/operations/createOrder", "connections.capability_missing", HttpStatusCode.UnprocessableEntity)]
    public async Task Operation_that_is_not_described_is_not_there(string path, string code, HttpStatusCode status)
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, path, Order("x"));
        Assert.Equal(code, (await Problem.ReadAsync(answer, status)).Code);
    }

    [Fact]
    public async Task Refused_credential_pauses_the_connection_and_the_effect_goes_on_with_the_right_one()
    {
        await ConfigureAsync("key", "wrong-key");
        var effect = await Client.PostAsync(Path, Order("paused"), HttpStatusCode.Accepted, prefer: "wait=0");
        var id = effect.GetProperty("id").GetString()!;
        await Client.EffectAsync(id, shown => GatewayClient.Text(shown, "waitsFor") == "connection_paused");
        Assert.Equal("paused", GatewayClient.Text(await Client.GetAsync("/v1/connections/orders"), "status"));

        await ConfigureAsync("key");
        await Client.PostAsync("/v1/connections/orders/enable", status: HttpStatusCode.OK);
        await Client.EffectAsync(id, "succeeded");
        Assert.Equal(1, Desk.AppliedCount("paused"));
    }

    [Fact]
    public async Task Secret_in_the_options_is_stored_sealed_and_never_shown()
    {
        var shown = (await Client.GetAsync("/v1/connections/orders")).ToString();
        Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
        Assert.Contains("X-Orders-Key", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_that_cannot_be_honoured_is_refused_with_pointers()
    {
        var options = new { document = new { openapi = "2.0", info = new { title = "x", version = "1" }, paths = new { } }, baseUrl = "https://127.0.0.1/" };
        using var answer = await Client.SendAsync(HttpMethod.Post, "/v1/connections", new { id = "old", kind = "http.openapi", options });
        var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("connections.options_invalid", problem.Code);
        Assert.Contains(problem.Pointers, pointer => pointer.StartsWith("/options/document", StringComparison.Ordinal));
    }

    private static object Order(string reference) => new { body = new { reference, item = "lamp", quantity = 2 } };

    private async Task ConfigureAsync(string idempotency, string secret = Secret)
    {
        using var changed = await Client.SendAsync(HttpMethod.Patch, "/v1/connections/orders", new { options = await OptionsAsync(idempotency, secret) });
        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<object> OptionsAsync(string idempotency, string secret = Secret)
    {
        using var http = new HttpClient();
        return new
        {
            document = await http.GetFromJsonAsync<JsonElement>(Desk.DocumentUrl, TestContext.Current.CancellationToken),
            baseUrl = Desk.BaseUrl,
            credentials = new { apiKey = new { @in = "header", name = "X-Orders-Key", value = secret } },
            operations = new
            {
                createOrder = new
                {
                    idempotency,
                    absenceHorizon = "00:00:00.5",
                    lookup = new { operationId = "listOrders", parameters = new { reference = "/body/reference" }, found = "/reply/orders/0/reference == /body/reference" },
                },
            },
        };
    }
}
