using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Qrossing.TestKit.Rest;

namespace Qrossing.EndToEndTests.Http;

/// <summary>Refusals that no other test of this folder meets, each by the request that earns it.</summary>
[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed class RefusalTests(RunningGateway running)
{
    private const string WellKnownKey = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    private HttpClient Http => running.Gateway.Http;

    [Theory]
    [InlineData("/v1/api-keys/key_01m8hkhw24es48yrnetr2kh8x8", "api_keys.not_found")]
    [InlineData("/v1/api-keys/no-key-id", "api_keys.not_found")]
    [InlineData("/v1/chains/eip155:424242", "chains.unknown")]
    [InlineData("/v1/chains/no-chain", "chains.unknown")]
    [InlineData("/v1/transactions/txn_01m8hkhw24es48yrnetr2kh8x8", "transactions.not_found")]
    [InlineData("/v1/objects/never-stored", "objects.not_found")]
    public async Task What_is_not_there_is_404(string path, string code)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(code, (await Problem.ReadAsync(answer, HttpStatusCode.NotFound)).Code);
    }

    [Theory]
    [InlineData("0x00")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    public async Task Key_outside_the_curve_makes_no_wallet(string privateKey)
    {
        using var answer = await PostAsync("/v1/wallets", new { name = "wrong", privateKey });
        Assert.Equal("wallets.key_invalid", (await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Code);
    }

    [Fact]
    public async Task Address_is_managed_once()
    {
        using var first = await PostAsync("/v1/wallets", new { name = "one", privateKey = WellKnownKey });
        using var second = await PostAsync("/v1/wallets", new { name = "two", privateKey = WellKnownKey });
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("wallets.exists", (await Problem.ReadAsync(second, HttpStatusCode.Conflict)).Code);
    }

    [Fact]
    public async Task Subscription_that_cannot_work_names_every_member()
    {
        using var answer = await PostAsync("/v1/subscriptions", new { url = "ftp://127.0.0.1/", types = Array.Empty<string>(), from = "tomorrow" });
        var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("subscriptions.invalid", problem.Code);
        Assert.Contains("/url", problem.Pointers);
        Assert.Contains("/types", problem.Pointers);
    }

    [Fact]
    public async Task Test_key_does_not_reach_a_live_connection()
    {
        using var made = await PostAsync("/v1/api-keys", new { name = "tester", environment = "test", scopes = new[] { "modules:read" } });
        using var tester = new HttpClient { BaseAddress = running.Gateway.BaseUrl };
        tester.DefaultRequestHeaders.Add("X-Api-Key", (await JsonAsync(made)).GetProperty("key").GetString());
        using var answer = await tester.GetAsync(new Uri("/m/qindex/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("access.environment_mismatch", (await Problem.ReadAsync(answer, HttpStatusCode.Forbidden)).Code);
    }

    [Fact]
    public async Task Operation_is_refused_before_anything_is_sent()
    {
        await using var orders = await RestPeer.StartAsync();
        var document = JsonElement.Parse(await Http.GetStringAsync(orders.DocumentUrl, TestContext.Current.CancellationToken));
        using var connected = await PostAsync("/v1/connections", new { id = "refusing-orders", kind = "http.openapi", options = new { document, baseUrl = orders.BaseUrl } });
        Assert.Equal(HttpStatusCode.Created, connected.StatusCode);
        var before = orders.Requests.Count;

        using var unknown = await PostAsync("/v1/connections/refusing-orders/operations/burnOrder", new { });
        using var misfit = await PostAsync("/v1/connections/refusing-orders/operations/createOrder", new { body = new { reference = "r", item = "i", quantity = 0 } });

        Assert.Equal("operations.not_found", (await Problem.ReadAsync(unknown, HttpStatusCode.NotFound)).Code);
        var problem = await Problem.ReadAsync(misfit, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("operations.request_invalid", problem.Code);
        Assert.Contains("/body/quantity", problem.Pointers);
        Assert.Equal(before, orders.Requests.Count);
    }

    [Theory]
    [InlineData("GET", "modules.no_reply", HttpStatusCode.BadGateway)]
    [InlineData("POST", "modules.outcome_unknown", HttpStatusCode.GatewayTimeout)]
    public async Task Lost_reply_of_a_module_says_what_may_have_happened(string method, string code, HttpStatusCode status)
    {
        var path = $"/qindex/lost-{method.ToLowerInvariant()}";
        var simulator = await SimulatorAsync();
        using var fault = await running.Gateway.Anonymous.PostAsJsonAsync(
            new Uri(simulator, "/_control/faults"), new[] { new { match = new { path = $"/qindex{path}" }, fault = "close" } }, TestContext.Current.CancellationToken);
        Assert.True(fault.IsSuccessStatusCode);

        using var answer = await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/m/qindex{path}"), TestContext.Current.CancellationToken);

        var problem = await Problem.ReadAsync(answer, status);
        Assert.Equal(code, problem.Code);
        Assert.Equal(method == "POST", problem.Json.TryGetProperty("effectOutcome", out _));
    }

    [Theory]
    [InlineData("qindex", "", 0, "modules.wrong_root")]
    [InlineData("squid", "/squid", 503, "modules.unhealthy")]
    public async Task Test_of_a_module_says_what_is_wrong_there(string module, string prefix, int status, string code)
    {
        var simulator = await SimulatorAsync();
        if (status > 0)
        {
            using var fault = await running.Gateway.Anonymous.PostAsJsonAsync(
                new Uri(simulator, "/_control/faults"), new[] { new { match = new { path = $"{prefix}/health" }, fault = "status", status } }, TestContext.Current.CancellationToken);
            Assert.True(fault.IsSuccessStatusCode);
        }

        using var made = await PostAsync("/v1/connections", new { id = $"tested-{module}", kind = "modules.anarq", options = new { module, baseUrl = simulator, prefix } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var tested = await PostAsync($"/v1/connections/tested-{module}/test", new { });
        Assert.Contains($"\"{code}\"", await tested.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_with_the_key_of_one_that_still_arrives_is_refused_and_that_one_goes_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var rest = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        using var slow = new HttpRequestMessage(HttpMethod.Post, "/v1/objects")
        {
            Content = new PushContent(async stream =>
            {
                await stream.WriteAsync("first half, "u8.ToArray(), cancellationToken);
                await stream.FlushAsync(cancellationToken);
                begun.SetResult();
                await rest.Task;
                await stream.WriteAsync("second half"u8.ToArray(), cancellationToken);
            }),
        };
        slow.Headers.Add("Idempotency-Key", "arriving");
        var arriving = Http.SendAsync(slow, cancellationToken);
        await begun.Task;

        // The gateway holds the key when it has read the headers; a file in the spool shows that it has.
        var spool = Path.Combine(running.Gateway.DataDirectory, "spool");
        while (!Directory.Exists(spool) || !Directory.EnumerateFiles(spool, "*", SearchOption.AllDirectories).Any())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }

        using var refused = await PutAsync();
        Assert.Equal("idempotency.in_flight", (await Problem.ReadAsync(refused, HttpStatusCode.Conflict)).Code);

        rest.SetResult();
        using var stored = await arriving;
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);

        Task<HttpResponseMessage> PutAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/v1/objects") { Content = new ByteArrayContent("other"u8.ToArray()) };
            request.Headers.Add("Idempotency-Key", "arriving");
            return Http.SendAsync(request, cancellationToken);
        }
    }

    [Fact]
    public async Task Repeat_of_a_withdrawn_request_is_told_so()
    {
        using var first = await SendAsync("0");
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        using var canceled = await Http.PostAsync(new Uri($"{first.Headers.Location}/cancel", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
        Assert.True(canceled.IsSuccessStatusCode, await canceled.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var repeat = await SendAsync("20");
        Assert.Equal("effects.canceled", (await Problem.ReadAsync(repeat, HttpStatusCode.Conflict)).Code);

        // Nobody listens there: nothing is ever sent, so that it can be withdrawn.
        Task<HttpResponseMessage> SendAsync(string wait)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/m/gone/withdrawn") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", "withdrawn");
            request.Headers.Add("Prefer", $"wait={wait}");
            return Http.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    private async Task<Uri> SimulatorAsync() =>
        new((await Http.GetFromJsonAsync<JsonElement>("/v1/connections/qindex", TestContext.Current.CancellationToken)).GetProperty("options").GetProperty("baseUrl").GetString()!);

    private Task<HttpResponseMessage> PostAsync(string path, object body) => Http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    private sealed class PushContent(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
