using System.Net.Http.Json;
using System.Text.Json;
using Qrossing.Benchmarks.Load;
using Qrossing.TestKit.Processes;

namespace Qrossing.Benchmarks.Profiles;

/// <summary>The published gateway with what a profile needs in it.</summary>
internal static class GatewayUnderTest
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"Orders","version":"1"},"paths":{"/orders":{"post":{"operationId":"createOrder",
        "parameters":[{"name":"Idempotency-Key","in":"header","schema":{"type":"string"}}],
        "requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","required":["reference","quantity"],
        "properties":{"reference":{"type":"string"},"quantity":{"type":"integer"}}}}}},
        "responses":{"201":{"description":"Placed","content":{"application/json":{"schema":{"type":"object"}}}}}}}}}
        """;

    /// <summary>What the peer of effects answers.</summary>
    public const string PeerAnswer = """{"id":"ord_1","status":"accepted"}""";

    /// <summary>Starts it; loopback peers are allowed.</summary>
    public static Task<GatewayProcess> StartAsync(ProfileOptions options, string? data = null, IReadOnlyDictionary<string, string>? settings = null, IReadOnlyDictionary<string, string?>? environment = null) =>
        GatewayProcess.StartAsync(new GatewayOptions
        {
            Program = options.Gateway,
            DataDirectory = data,
            Settings = new Dictionary<string, string>(settings ?? new Dictionary<string, string>()) { ["Egress:Allow:0"] = "127.0.0.1" },
            Environment = environment ?? new Dictionary<string, string?>(),
            ReadyWithin = TimeSpan.FromMinutes(5),
        });

    /// <summary>Connects it to a peer that takes orders.</summary>
    public static Task ConnectOrdersAsync(GatewayProcess gateway, InstantPeer peer) => ConnectAsync(gateway, "orders", "http.openapi", new
    {
        document = JsonElement.Parse(Document),
        baseUrl = peer.BaseUrl,
        operations = new { createOrder = new { idempotency = "key" } },
    });

    /// <summary>Makes a connection that the administrator's key of <see cref="GatewayProcess"/> may use.</summary>
    public static async Task ConnectAsync(GatewayProcess gateway, string id, string kind, object options)
    {
        using var answer = await gateway.Http.PostAsJsonAsync("/v1/connections", new { id, kind, options });
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{id}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Orders, each an effect with a key of its own.</summary>
    public static HttpTarget Orders(GatewayProcess gateway, int waitSeconds) => new(
        gateway.BaseUrl,
        "POST",
        "/v1/connections/orders/operations/createOrder",
        new Dictionary<string, string> { ["X-Api-Key"] = gateway.AdminKey, ["Prefer"] = $"wait={waitSeconds}" },
        static number => $$"""{"body":{"quantity":1,"reference":"r-{{number}}"} }""",
        IsKeyed: true);
}
