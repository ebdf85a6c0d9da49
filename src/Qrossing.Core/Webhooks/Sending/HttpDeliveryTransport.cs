using System.Net.Http.Headers;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>Posts over HTTP/1.1 with connections that the egress rule opens.</summary>
public sealed class HttpDeliveryTransport : IDeliveryTransport, IDisposable
{
    /// <summary>What an endpoint says beyond its status is not kept; so much is read to keep its connection usable.</summary>
    private const int MaxDrain = 64 * 1024;

    private readonly HttpMessageInvoker _http;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>Makes the transport.</summary>
    /// <param name="handler">Opens connections under the egress rule and follows no redirects; owned by the transport from now on.</param>
    /// <param name="options">The time-out.</param>
    /// <param name="clock">Measures it.</param>
    public HttpDeliveryTransport(SocketsHttpHandler handler, WebhookOptions options, TimeProvider clock)
    {
        handler.AllowAutoRedirect = false;
        handler.ActivityHeadersPropagator = null; // the attempt's own traceparent is among the headers
        handler.MaxResponseDrainSize = MaxDrain;
        _http = new HttpMessageInvoker(handler);
        _options = options;
        _clock = clock;
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveryReply> PostAsync(
        Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Qrossing", typeof(HttpDeliveryTransport).Assembly.GetName().Version?.ToString(2)));
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var timeout = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return new DeliveryReply((int)response.StatusCode, null, RetryAfter(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryReply(null, DeliveryReasons.TimedOut);
        }
        catch (HttpRequestException exception)
        {
            var refused = (exception.InnerException as PeerNotCalledException)?.Fault.Code; // the egress rule, at the connect
            return new DeliveryReply(null, refused ?? Reason(exception.HttpRequestError));
        }
        catch (IOException)
        {
            return new DeliveryReply(null, DeliveryReasons.Broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Reason(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => DeliveryReasons.NotResolved,
        HttpRequestError.ConnectionError => DeliveryReasons.NotConnected,
        HttpRequestError.SecureConnectionError => DeliveryReasons.TlsFailed,
        _ => DeliveryReasons.Broken,
    };

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date - _clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : null);
}
