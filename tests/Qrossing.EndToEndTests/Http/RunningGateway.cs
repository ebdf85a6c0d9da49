using System.Net.Http.Json;
using System.Text.Json;
using Qrossing.Simulators.Modules;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Http;

/// <summary>One gateway, and the module simulator behind it, for all tests of this folder.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    private readonly TemporaryFolder _state = new("modules");
    private ModulesSimulator? _modules;
    private GatewayProcess? _gateway;

    /// <summary>The gateway.</summary>
    public GatewayProcess Gateway => _gateway ?? throw new InvalidOperationException("The gateway has not started.");

    /// <summary>A client whose key holds one permission that no resource asks for.</summary>
    public HttpClient Powerless { get; private set; } = new();

    /// <summary>Its OpenAPI document.</summary>
    public JsonElement Document { get; private set; }

    /// <summary>Sets the simulator's fault rules, a JSON array.</summary>
    public async Task SetFaultsAsync(string rules)
    {
        using var body = new StringContent(rules, System.Text.Encoding.UTF8, "application/json");
        using var answer = await Gateway.Anonymous.PostAsync(new Uri($"{_modules!.BaseUrl}/_control/faults"), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask InitializeAsync()
    {
        _modules = await ModulesSimulator.StartAsync(
            new ModulesSimulatorOptions { Url = $"http://127.0.0.1:{FreePort.Next()}", StateDirectory = _state.Path }, CancellationToken.None);
        _gateway = await GatewayProcess.StartAsync(new GatewayOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Egress:Allow:0"] = "127.0.0.1",
                ["Modules:qindex:BaseUrl"] = _modules.BaseUrl.ToString(),
                ["Modules:qindex:Prefix"] = "/qindex",
                ["Modules:gone:BaseUrl"] = $"http://127.0.0.1:{FreePort.Next()}",
            },
        });
        Document = await Gateway.Anonymous.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        using var made = await Gateway.Http.PostAsJsonAsync("/v1/api-keys", new { name = "powerless", environment = "test", scopes = new[] { "metrics:read" } });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
        Powerless = new HttpClient { BaseAddress = Gateway.BaseUrl, DefaultRequestHeaders = { { "X-Api-Key", key } } };
    }

    public async ValueTask DisposeAsync()
    {
        Powerless.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_modules is not null)
        {
            await _modules.DisposeAsync();
        }

        _state.Dispose();
    }
}
