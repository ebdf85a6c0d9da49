using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Commands.Demo;

/// <summary>The few calls of the HTTP API that the demo makes, as a stranger would make them.</summary>
internal sealed class DemoApi(HttpClient http, Uri baseUrl, string key)
{
    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(baseUrl, path)), cancellationToken);

    public Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(baseUrl, path))
            {
                Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            },
            cancellationToken);

    public Task<JsonNode> PutObjectAsync(Stream content, string name, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(baseUrl, $"/v1/objects?key={Uri.EscapeDataString(name)}"))
        {
            Content = new StreamContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
        };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return SendAsync(request, cancellationToken);
    }

    /// <summary>Asks again until the answer satisfies, for at most 15 s.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> satisfied, string waitingFor, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        try
        {
            while (true)
            {
                var answer = await GetAsync(path, patience.Token);
                if (satisfied(answer))
                {
                    return answer;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException($"Gave up waiting for {waitingFor}.");
        }
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Headers.Add("X-Api-Key", key);
            using var answer = await http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new CommandFailedException($"{request.Method} {request.RequestUri!.PathAndQuery} answered {(int)answer.StatusCode}: {text}");
            }

            return JsonNode.Parse(text) ?? throw new JsonException("The gateway answered null.");
        }
    }
}
