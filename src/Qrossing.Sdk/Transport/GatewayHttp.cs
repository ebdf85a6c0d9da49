using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Qrossing.Sdk.Transport;

/// <summary>Sends requests with the credential and turns answers into values or problems.</summary>
internal sealed class GatewayHttp
{
    private readonly HttpClient _http;
    private readonly Uri _baseUrl;
    private readonly string? _apiKey;

    public GatewayHttp(HttpClient http, string? apiKey)
    {
        _baseUrl = http.BaseAddress ?? throw new ArgumentException("The HTTP client has no base address.", nameof(http));
        _http = http;
        _apiKey = apiKey;
    }

    public async Task<T> GetAsync<T>(RequestPath path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, default(Uri));
        using var answer = await SendAsync(request, path, cancellationToken);
        return await ReadAsync(answer, type, cancellationToken);
    }

    /// <summary>A write whose path says all.</summary>
    public Task<T> PostAsync<T>(RequestPath path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        PostAsync(path, EmptyBody(), type, cancellationToken);

    public async Task<T> PostAsync<T>(RequestPath path, HttpContent body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, default(Uri)) { Content = body };
        using var answer = await SendAsync(request, path, cancellationToken);
        return await ReadAsync(answer, type, cancellationToken);
    }

    /// <summary>A write that causes an effect: answered with what it brought about, or with 202 and the effect.</summary>
    /// <param name="path">Where.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="options">Key and waiting.</param>
    /// <param name="type">The form of what is brought about.</param>
    /// <param name="effectOf">The effect's id in it.</param>
    /// <param name="cancellationToken">Ends the call, not the effect.</param>
    public async Task<EffectAnswer<T>> CauseAsync<T>(
        RequestPath path, HttpContent body, EffectOptions? options, JsonTypeInfo<T> type, Func<T, string?> effectOf, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, default(Uri)) { Content = body };
        if (options?.IdempotencyKey is { } key)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (options?.Wait is { } wait)
        {
            request.Headers.TryAddWithoutValidation("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={(long)wait.TotalSeconds}"));
        }

        using var answer = await SendAsync(request, path, cancellationToken);
        var replayed = answer.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Contains("true");
        if (answer.StatusCode == HttpStatusCode.Accepted)
        {
            var effect = await ReadAsync(answer, SdkJson.Default.Effect, cancellationToken);
            return new EffectAnswer<T> { Effect = effect, EffectId = effect.Id, Replayed = replayed };
        }

        var value = await ReadAsync(answer, type, cancellationToken);
        return new EffectAnswer<T> { Value = value, EffectId = effectOf(value), Replayed = replayed };
    }

    /// <summary>Sends and returns as soon as a successful answer's header is there.</summary>
    /// <exception cref="QrossingProblemException">Another status than 2xx.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, RequestPath path, CancellationToken cancellationToken)
    {
        var answer = await SendRawAsync(request, path, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw await ProblemReader.ReadAsync(answer, cancellationToken);
        }
    }

    /// <summary>Sends and returns any answer.</summary>
    public Task<HttpResponseMessage> SendRawAsync(HttpRequestMessage request, RequestPath path, CancellationToken cancellationToken)
    {
        request.RequestUri = path.Below(_baseUrl);
        if (_apiKey is not null && !request.Headers.TryAddWithoutValidation("X-Api-Key", _apiKey))
        {
            throw new InvalidOperationException("The API key cannot be sent: it has characters that no header can have.");
        }

        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>An answer's body.</summary>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException unreadable)
        {
            throw new QrossingProblemException("The gateway's answer cannot be read.", unreadable)
            {
                Status = (int)answer.StatusCode,
                Code = QrossingProblemException.UnreadableAnswer,
                Title = "The gateway's answer cannot be read.",
            };
        }
    }

    // SocketsHttpHandler repeats a write without a body object on its own when a kept connection breaks, and this has no switch.
    private static ByteArrayContent EmptyBody() => new([]);
}
