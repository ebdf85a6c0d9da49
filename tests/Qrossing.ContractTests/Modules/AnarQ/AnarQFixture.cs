using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Modules;
using Qrossing.Connectors.Modules.AnarQ;
using Qrossing.Simulators.Modules;
using Qrossing.TestKit.Compliance;

namespace Qrossing.ContractTests.Modules.AnarQ;

/// <summary>modules.anarq against the module simulator.</summary>
[ConnectorFixture("modules.anarq")]
internal sealed class AnarQFixture : ConnectorFixture, IDeliversToModuleFixture, ICallsModulesFixture, IReadsIdentitiesFixture, IChecksConsentFixture
{
    /// <summary>The identity as which the gateway calls.</summary>
    public const string GatewayId = "squid_gateway";

    private const string Resource = "qdrive:file:report";
    private const string Person = "did:squid:alice";

    private readonly HttpClient _control = new();
    private ModulesSimulator? _simulator;

    public string BaseUrl => _simulator?.BaseUrl ?? throw new InvalidOperationException("Not started.");

    public override async Task StartAsync(CancellationToken cancellationToken) =>
        _simulator = await ModulesSimulator.StartAsync(new ModulesSimulatorOptions { StateDirectory = Path.Combine(Folder.Path, "modules") }, cancellationToken);

    public override object CreateConnector(Type capability) => new AnarQConnector(capability switch
    {
        _ when capability == typeof(IReadsIdentities) => Options("squid"),
        _ when capability == typeof(IChecksConsent) => Options("qonsent") with { SquidId = GatewayId },
        _ => Options("qindex") with { SquidId = GatewayId },
    });

    public AnarQOptions Options(string module) => new() { Module = module, BaseUrl = new Uri(BaseUrl), Prefix = $"/{module}" };

    /// <summary>Every request that the simulator got, headers included.</summary>
    public async Task<JsonArray> RequestsAsync() =>
        (JsonArray)(await _control.GetFromJsonAsync<JsonObject>($"{BaseUrl}/_control/requests"))!["requests"]!;

    /// <summary>The next request with this method meets a fault of the simulator.</summary>
    public async Task InjectAsync(string method, string fault, int? status = null, int? retryAfterSeconds = null)
    {
        var rule = new JsonObject { ["match"] = new JsonObject { ["method"] = method }, ["fault"] = fault, ["times"] = 1 };
        if (status is not null)
        {
            rule["status"] = status;
        }

        if (retryAfterSeconds is not null)
        {
            rule["retryAfterSeconds"] = retryAfterSeconds;
        }

        using var reply = await _control.PostAsJsonAsync($"{BaseUrl}/_control/faults", new JsonArray(rule));
        reply.EnsureSuccessStatusCode();
    }

    public Task TroubleNextWriteAsync(PeerTrouble trouble) => trouble switch
    {
        PeerTrouble.AppliesThenCloses => InjectAsync("POST", "applied_then_close"),
        PeerTrouble.Closes => InjectAsync("POST", "close"),
        PeerTrouble.AppliesThenGarbage => InjectAsync("POST", "garbage"),
        PeerTrouble.ServerError => InjectAsync("POST", "status", status: 503),
        PeerTrouble.RateLimits => InjectAsync("POST", "status", status: 429, retryAfterSeconds: 2),
        _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
    };

    public async Task<int> AppliedAsync(string key)
    {
        var state = await _control.GetFromJsonAsync<JsonObject>($"{BaseUrl}/_control/state");
        return (int?)state!["modules"]!["qindex"]!["applied"]!["put"]?[key] ?? 0;
    }

    public Task<int> AppliedAsync(ModuleRequest write) =>
        AppliedAsync(JsonDocument.Parse(write.Body).RootElement.GetProperty("key").GetString()!);

    public ModuleRequest Write(string name) => new()
    {
        Method = "POST",
        PathAndQuery = "/qindex/put",
        Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
        Body = JsonSerializer.SerializeToUtf8Bytes(new { key = $"note/{name}", value = new { text = name, size = 1.50 } }),
    };

    public async Task<string> CreateIdentityAsync()
    {
        using var reply = await _control.PostAsJsonAsync($"{BaseUrl}/squid/identity", new { name = "Alice" });
        var body = await reply.Content.ReadFromJsonAsync<JsonObject>();
        return (string)body!["data"]!["did"]!;
    }

    public async Task<ConsentQuestion> AllowAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{BaseUrl}/qonsent/api/v1/qonsent/policies");
        request.Headers.Add("x-squid-id", Person);
        request.Content = JsonContent.Create(new { name = "readers", scope = "resource", rules = new[] { new { audience = Person, resource = Resource, actions = new[] { "read" } } } });
        using var reply = await _control.SendAsync(request);
        reply.EnsureSuccessStatusCode();
        return new ConsentQuestion { Resource = Resource, Identity = "squid_alice", Action = "read" };
    }

    public override async ValueTask DisposeAsync()
    {
        _control.Dispose();
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
