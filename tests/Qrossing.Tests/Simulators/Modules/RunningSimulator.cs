using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Qrossing.Simulators.Modules;

namespace Qrossing.Tests.Simulators.Modules;

/// <summary>A real simulator on a free loopback port, with its own state folder and a clock the test moves.</summary>
public sealed class RunningSimulator : IAsyncLifetime
{
    private ModulesSimulator? _simulator;

    public string StateDirectory { get; } = Directory.CreateTempSubdirectory("qrossing-modules-").FullName;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The present as the modules write it.</summary>
    public string Now => Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    public ValueTask InitializeAsync() => StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(StateDirectory, recursive: true);
    }

    public async ValueTask StartAsync(string? faultsFile = null)
    {
        _simulator = await ModulesSimulator.StartAsync(new ModulesSimulatorOptions { StateDirectory = StateDirectory, FaultsFile = faultsFile, TimeProvider = Time }, CancellationToken.None);
        Http = new HttpClient { BaseAddress = new Uri(_simulator.BaseUrl) };
    }

    public async ValueTask StopAsync()
    {
        Http?.Dispose();
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
            _simulator = null;
        }
    }

    public async ValueTask RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Path and query, percent-encoded.</param>
    /// <param name="body">A JSON text, or null for none.</param>
    /// <param name="headers">Name and value of each header.</param>
    public async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!);
    }

    public async Task SetFaultsAsync(string rules)
    {
        var (status, body) = await SendAsync("POST", "/_control/faults", rules);
        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
    }

    /// <summary>How often an operation was really applied for a key; 0 when never.</summary>
    public async Task<long> AppliedAsync(string module, string operation, string key)
    {
        var (_, state) = await SendAsync("GET", "/_control/state");
        return (long?)state["modules"]![module]!["applied"]![operation]?[key] ?? 0;
    }

    public async Task<JsonObject> CreateIdentityAsync(string name = "Ada")
    {
        var (status, body) = await SendAsync("POST", "/squid/identity", $$"""{"name":"{{name}}"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        return body["data"]!.AsObject();
    }

    /// <summary>An operator's decision about an identity, through the control API.</summary>
    public async Task DecideAsync(JsonObject identity, string decision)
    {
        using var content = new StringContent(decision, Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync($"/_control/squid/identity/{identity["did"]}", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    /// <summary>The headers with which sQuid believes a request to come from the identity.</summary>
    public (string Name, string Value)[] Signed(JsonObject identity, DateTimeOffset? at = null)
    {
        var did = (string)identity["did"]!;
        var timestamp = (at ?? Time.GetUtcNow()).ToUnixTimeMilliseconds();
        var message = $$"""{"action":"test","timestamp":{{timestamp}},"did":"{{did}}"}""";
        var signature = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{message}:{identity["publicKey"]}")));
        return [("x-squid-id", did), ("x-sig", signature), ("x-ts", timestamp.ToString()), ("x-message", message)];
    }

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
