using System.Net;
using System.Text;
using System.Text.Json;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests;

/// <summary>A caller of a <see cref="GatewayProcess"/>: JSON in and out, and waiting for what comes later.</summary>
internal sealed class GatewayClient(GatewayProcess gateway)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(40);

    /// <summary>The gateway.</summary>
    public GatewayProcess Gateway { get; } = gateway;

    /// <summary>Sends JSON with the administrator's key.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? key = null, string? prefer = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        return Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>POSTs and expects a status; returns the answer's JSON.</summary>
    public async Task<JsonElement> PostAsync(string path, object? body = null, HttpStatusCode status = HttpStatusCode.Created, string? key = null, string? prefer = null)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, body, key, prefer);
        return await ReadAsync(answer, status);
    }

    /// <summary>GETs JSON.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        return await ReadAsync(answer, HttpStatusCode.OK);
    }

    /// <summary>The first page of a list.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path) => [.. (await GetAsync(path)).GetProperty("data").EnumerateArray()];

    /// <summary>Configures a connection.</summary>
    public Task<JsonElement> ConnectAsync(string id, string kind, object options) => PostAsync("/v1/connections", new { id, kind, options });

    /// <summary>The effect as soon as the condition holds.</summary>
    public async Task<JsonElement> EffectAsync(string id, Func<JsonElement, bool> condition)
    {
        var last = default(JsonElement);
        await UntilAsync(async () => condition(last = await GetAsync($"/v1/effects/{id}")), () => $"effect {id} stays {last}");
        return last;
    }

    /// <summary>The effect as soon as it has this outcome, and this finality where one is asked for.</summary>
    public Task<JsonElement> EffectAsync(string id, string outcome, string? finality = null) =>
        EffectAsync(id, effect => effect.GetProperty("outcome").GetString() == outcome && (finality is null || Text(effect, "finality") == finality));

    /// <summary>Waits for a condition.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, Func<string> state)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
            {
                Assert.Fail($"{state()}\n{Gateway.AllOutput}");
            }

            await Task.Delay(Poll, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A member's text; null without the member.</summary>
    public static string? Text(JsonElement json, string member) => json.TryGetProperty(member, out var value) ? value.GetString() : null;

    private async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == status, $"Expected {(int)status}: {answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} {(int)answer.StatusCode} {text}\n{Gateway.AllOutput}");
        return JsonElement.Parse(text);
    }
}
