using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Qrossing.Simulators.Modules;
using Qrossing.TestKit.Network;
using Qrossing.TestKit.Processes;
using Qrossing.TestKit.Rest;

namespace Qrossing.EndToEndTests.Crash;

/// <summary>
/// A caller, a gateway that kills itself, the module simulator and a subscriber. The caller does what the contract tells it: it repeats a request with the
/// same idempotency key until it has a final answer.
/// </summary>
internal sealed class CrashScenario : IAsyncDisposable
{
    private const int Objects = 6;
    private const int Orders = 4;

    /// <summary>Connections to one order desk: it honours our key, or it protects from nothing.</summary>
    private static readonly string[] Desks = ["keyed", "bare"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new("crash");
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3));
    private readonly Dictionary<string, string> _answers = [];
    private readonly Dictionary<string, string> _orders = [];
    private ModulesSimulator? _simulator;
    private RestPeer? _desk;
    private WebhookReceiver? _receiver;
    private GatewayProcess? _gateway;

    /// <summary>How often the gateway ended by SIGKILL.</summary>
    public int Kills { get; private set; }

    public GatewayProcess Gateway => _gateway!;

    public static async Task<CrashScenario> StartAsync(string crashAt, string? postgres)
    {
        var scenario = new CrashScenario();
        scenario._simulator = await ModulesSimulator.StartAsync(new ModulesSimulatorOptions { StateDirectory = scenario._folder.Path }, scenario._deadline.Token);
        scenario._receiver = await WebhookReceiver.StartAsync();
        scenario._desk = await RestPeer.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["Egress:Allow"] = "127.0.0.1",
            ["Modules:qindex:BaseUrl"] = $"{scenario._simulator.BaseUrl}/qindex",
        };
        if (postgres is not null)
        {
            settings["Data:Engine"] = "postgresql";
            settings["Data:ConnectionString"] = postgres;
        }

        scenario._gateway = await GatewayProcess.StartAsync(new GatewayOptions { Settings = settings, CrashAt = crashAt, WaitUntilReady = false });
        return scenario;
    }

    /// <summary>Everything the caller wants, through every crash.</summary>
    public async Task RunAsync()
    {
        // One of the index records is applied and its answer lost, so that the sweep also passes through unknown.
        await ControlAsync(HttpMethod.Post, "/_control/faults", """[{"match":{"module":"qindex","method":"POST"},"fault":"applied_then_close","after":1,"times":1}]""");
        _desk!.FailNext("createOrder", RestPeerFault.None, RestPeerFault.ApplyThenClose, RestPeerFault.Close, RestPeerFault.ApplyThenClose);
        await ConnectDesksAsync();
        var subscription = await InsistAsync(() => Json(HttpMethod.Post, "/v1/subscriptions", $$"""{"url":"{{_receiver!.Url}}","types":["q.gateway.objects.*","q.gateway.effects.*","q.test.*"]}"""));
        _receiver!.Secret = (string?)subscription["secret"];

        // Making one is no effect and has no idempotency key: a caller that saw no answer looks for what its first try left.
        foreach (var lost in (await ListAsync("/v1/subscriptions?limit=200")).Select(found => (string)found!["id"]!).Where(id => id != (string?)subscription["id"]))
        {
            using var gone = await Gateway.Http.DeleteAsync(new Uri($"/v1/subscriptions/{lost}", UriKind.Relative), _deadline.Token);
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        }

        for (var i = 0; i < Objects; i++)
        {
            var number = i;
            var stored = await InsistAsync(() => Put(number));
            _answers[$"object-{i}"] = (string)stored["effectId"]!;
            if (number < Orders)
            {
                foreach (var desk in Desks)
                {
                    _orders[$"{desk}-{number}"] = await OrderAsync(desk, number);
                }
            }

            await InsistAsync(() => Json(HttpMethod.Post, "/v1/events", $$$"""{"specversion":"1.0","id":"e{{{number}}}","source":"/crash","type":"q.test.ticked.v1","partitionkey":"ticks","data":{"n":{{{number}}} }}""", "application/cloudevents+json"));
        }

        await UntilAsync(async () => (await ListAsync("/v1/effects?limit=200")).All(effect => (string?)effect!["outcome"] is "succeeded" or "failed"), "every effect ended");
        await UntilAsync(async () => (await ExpectedEventsAsync()).IsSubsetOf(Arrived()), "every event arrived");
    }

    /// <summary>The invariants of effects.md, Crash points and sweeps.</summary>
    public async Task CheckAsync()
    {
        var effects = await ListAsync("/v1/effects?limit=200");

        // 1. Every accepted request has exactly one effect, and only a call that nothing protects from a double may have failed.
        Assert.Equal(_answers.Values.Order(StringComparer.Ordinal), effects.Where(effect => (string?)effect!["kind"] == "objects.put").Select(effect => (string)effect!["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal(Objects, effects.Count(effect => (string?)effect!["kind"] == "modules.index_put"));
        Assert.Equal(_orders.Values.Order(StringComparer.Ordinal), effects.Where(effect => (string?)effect!["kind"] == "http.operation").Select(effect => (string)effect!["id"]!).Order(StringComparer.Ordinal));
        Assert.All(effects.Where(effect => (string?)effect!["outcome"] != "succeeded"), effect => Assert.Equal("bare", (string?)effect!["connection"]));

        // 2. and 3. The peer applied each exactly once, and the ledger says so.
        var applied = JsonNode.Parse(await ControlAsync(HttpMethod.Get, "/_control/state"))!["modules"]!["qindex"]!["applied"]!["put"]!.AsObject();
        Assert.Equal(Objects, applied.Count);
        Assert.All(applied, entry => Assert.Equal(1, (int)entry.Value!));
        foreach (var (reference, id) in _orders)
        {
            var outcome = (string?)effects.Single(effect => (string?)effect!["id"] == id)!["outcome"];
            Assert.True(_desk!.AppliedCount(reference) == (outcome == "succeeded" ? 1 : 0), $"{reference} is {outcome}, and was applied {_desk.AppliedCount(reference)} times.");
        }

        for (var i = 0; i < Objects; i++)
        {
            using var content = await Gateway.Http.GetAsync(new Uri($"/v1/objects/crash/{i}", UriKind.Relative), _deadline.Token);
            Assert.Equal($"crash sweep object {i}", await content.Content.ReadAsStringAsync(_deadline.Token));
        }

        // 4. Events: positions rise, every one arrived, in order per key, with a valid signature.
        var log = await ListAsync("/v1/events?limit=200&type=q.*", followPages: true);
        var positions = log.Select(told => long.Parse((string)told!["sequence"]!)).ToList();
        Assert.Equal(positions.Order(), positions);
        Assert.Equal(positions.Count, positions.Distinct().Count());
        Assert.Equal(Objects, log.Count(told => (string?)told!["type"] == "q.test.ticked.v1"));
        Assert.Equal(Objects, log.Count(told => (string?)told!["type"] == "q.gateway.objects.stored.v1"));
        CheckOrder();

        // 6. Every transition is an event and an audit entry.
        foreach (var effect in effects)
        {
            var receipt = await GetAsync($"/v1/receipts/{effect!["id"]}");
            var told = log.Count(item => (string?)item!["effectid"] == (string?)effect["id"] && ((string)item["type"]!).StartsWith("q.gateway.effects.", StringComparison.Ordinal));
            Assert.Equal(0, (int?)receipt["entriesPending"] ?? 0);
            var transitions = receipt["entries"]!.AsArray().Select(entry => JsonNode.Parse((string)entry!["payload"]!)!).Where(payload => payload["from"] is not null).ToList();
            Assert.Equal(told, transitions.Count);
            Assert.Equal("recorded", (string?)transitions[0]["to"]);
            Assert.Equal(transitions.Skip(1).Select(payload => (string?)payload["from"]), transitions.SkipLast(1).Select(payload => (string?)payload["to"]));
            Assert.Equal((string?)effect["phase"], (string?)transitions[^1]["to"]);
        }

        // 7. Nothing is left undone.
        Assert.All(effects, effect => Assert.Null(effect!["nextActionAt"]));
        await CheckAuditAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_receiver is not null)
        {
            await _receiver.DisposeAsync();
        }

        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }

        if (_desk is not null)
        {
            await _desk.DisposeAsync();
        }

        _deadline.Dispose();
        _folder.Dispose();
    }

    private void CheckOrder()
    {
        var seen = new HashSet<string>();
        var newest = new Dictionary<string, long>();
        foreach (var arrival in _receiver!.Received)
        {
            Assert.Equal(SignatureVerdict.Valid, arrival.Signature);
            if (!seen.Add(arrival.WebhookId!))
            {
                continue; // a repeat after a crash carries the same id
            }

            var told = JsonNode.Parse(arrival.Body)!;
            if ((string?)told["partitionkey"] is { } key)
            {
                var position = long.Parse((string)told["sequence"]!);
                Assert.True(newest.GetValueOrDefault(key) < position, $"{key}: {position} after {newest.GetValueOrDefault(key)}");
                newest[key] = position;
            }
        }
    }

    private async Task CheckAuditAsync()
    {
        Assert.Equal(0, await Gateway.StopAsync());
        await Gateway.RestartAsync(options => options with { Arguments = ["audit", "verify"], WaitUntilReady = false });
        Assert.True(await Gateway.Exit == 0, Gateway.AllOutput);
    }

    private async Task<HashSet<string>> ExpectedEventsAsync() =>
        [.. (await ListAsync("/v1/events?limit=200&type=q.*", followPages: true))
            .Where(told => (string)told!["type"]! is var type && (type.StartsWith("q.gateway.objects.", StringComparison.Ordinal) || type.StartsWith("q.gateway.effects.", StringComparison.Ordinal) || type.StartsWith("q.test.", StringComparison.Ordinal)))
            .Select(told => (string)told!["id"]!)];

    private HashSet<string> Arrived() => [.. _receiver!.Received.Select(arrival => (string)JsonNode.Parse(arrival.Body)!["id"]!)];

    private static HttpRequestMessage Put(int number)
    {
        var body = Encoding.UTF8.GetBytes($"crash sweep object {number}");
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/objects?key=crash/{number}")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } },
        };
        request.Headers.Add("Idempotency-Key", $"object-{number}");
        return request;
    }

    /// <summary>The desk lists an order as soon as it has it: absence counts a second after the last possible sending.</summary>
    private async Task ConnectDesksAsync()
    {
        var document = await Gateway.Anonymous.GetStringAsync(_desk!.DocumentUrl, _deadline.Token);
        foreach (var desk in Desks)
        {
            var idempotency = desk == "keyed" ? "key" : "none";
            await InsistAsync(
                () => Json(HttpMethod.Post, "/v1/connections", $$$"""
                    {"id":"{{{desk}}}","kind":"http.openapi","options":{"document":{{{document}}},"baseUrl":"{{{_desk.BaseUrl}}}",
                     "credentials":{"apiKey":{"name":"X-Orders-Key","value":"{{{RestPeer.ApiKey}}}"}},
                     "operations":{"createOrder":{"idempotency":"{{{idempotency}}}","absenceHorizon":"00:00:01",
                      "lookup":{"operationId":"listOrders","parameters":{"reference":"/body/reference"},"found":"/reply/orders/0/reference == /body/reference"} } } } }
                    """),
                existing: $"/v1/connections/{desk}");
        }
    }

    /// <summary>One order; its effect's id. A bare one may end as failed, which is a final answer too.</summary>
    private async Task<string> OrderAsync(string desk, int number)
    {
        var answer = await InsistAsync(() =>
        {
            var request = Json(HttpMethod.Post, $"/v1/connections/{desk}/operations/createOrder", $$$"""{"body":{"reference":"{{{desk}}}-{{{number}}}","item":"lamp","quantity":1} }""");
            request.Headers.Add("Idempotency-Key", $"{desk}-{number}");
            return request;
        });
        return (string)answer["effectId"]!;
    }

    private static HttpRequestMessage Json(HttpMethod method, string path, string body, string mediaType = "application/json") =>
        new(method, path) { Content = new StringContent(body, Encoding.UTF8, mediaType) };

    /// <summary>Repeats until the answer is final: a dead gateway is started again, as a supervisor would.</summary>
    /// <param name="request">Makes the request.</param>
    /// <param name="existing">Where the thing is when an earlier try that got no answer made it (409).</param>
    private async Task<JsonNode> InsistAsync(Func<HttpRequestMessage> request, string? existing = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token);
        patience.CancelAfter(Patience);
        var last = "no answer";
        while (true)
        {
            Assert.False(patience.IsCancellationRequested, $"Gave up insisting; last: {last}\n{Gateway.AllOutput}");
            await ReviveAsync();
            try
            {
                using var message = request();
                using var answer = await Gateway.Http.SendAsync(message, _deadline.Token);
                var text = await answer.Content.ReadAsStringAsync(_deadline.Token);
                if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK || (answer.StatusCode == HttpStatusCode.Accepted && message.RequestUri!.AbsolutePath == "/v1/events"))
                {
                    return JsonNode.Parse(text)!;
                }

                if (existing is not null && answer.StatusCode == HttpStatusCode.Conflict)
                {
                    return await GetAsync(existing);
                }

                if (text.Contains("\"effectOutcome\":\"failed\"", StringComparison.Ordinal))
                {
                    return JsonNode.Parse(text)!;
                }

                last = $"{(int)answer.StatusCode} {text}";
                Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable, last);
            }
            catch (HttpRequestException)
            {
                // The gateway died, or is not up yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, _deadline.Token);
        }
    }

    private async Task ReviveAsync()
    {
        if (!Gateway.Exit.IsCompleted)
        {
            return;
        }

        Assert.True(await Gateway.Exit == 137, $"The gateway ended with {await Gateway.Exit}:\n{Gateway.AllOutput}");
        Kills++;
        await Gateway.RestartAsync(cancellationToken: _deadline.Token);
    }

    private async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token);
        patience.CancelAfter(Patience);
        while (true)
        {
            await ReviveAsync();
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // As above.
            }

            Assert.False(patience.IsCancellationRequested, $"Gave up waiting until {what}.\n{Gateway.AllOutput}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await Gateway.Http.GetAsync(new Uri(path, UriKind.Relative), _deadline.Token);
        var text = await answer.Content.ReadAsStringAsync(_deadline.Token);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new HttpRequestException($"{(int)answer.StatusCode} {text}");
    }

    private async Task<List<JsonNode?>> ListAsync(string path, bool followPages = false)
    {
        var all = new List<JsonNode?>();
        string? after = null;
        do
        {
            var page = await GetAsync(after is null ? path : $"{path}&after={Uri.EscapeDataString(after)}");
            all.AddRange(page["data"]!.AsArray());
            after = (string?)page["next"];
        }
        while (followPages && after is not null);
        return all;
    }

    private async Task<string> ControlAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, _simulator!.BaseUrl + path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Gateway.Anonymous.SendAsync(request, _deadline.Token);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(_deadline.Token);
    }
}
