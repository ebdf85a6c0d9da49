using System.Net.Http.Headers;
using System.Text.Json;
using Qrossing.Sdk.Transport;

namespace Qrossing.Sdk.Webhooks;

/// <summary><c>/v1/subscriptions</c>.</summary>
public sealed class SubscriptionCalls
{
    private const string Root = "/v1/subscriptions";

    private readonly GatewayHttp _gateway;

    internal SubscriptionCalls(GatewayHttp gateway) => _gateway = gateway;

    /// <summary>Makes a subscription. Its secret is in this answer only: keep it. Repeating makes another one. Permission <c>subscriptions:write</c>.</summary>
    /// <param name="subscription">Where and what.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="QrossingProblemException"><c>egress.refused</c>; 422 with <see cref="QrossingProblemException.Errors"/>.</exception>
    public async Task<Subscription> CreateAsync(NewSubscription subscription, CancellationToken cancellationToken = default)
    {
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(subscription, SdkJson.Default.NewSubscription));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await _gateway.PostAsync(new RequestPath(Root), body, SdkJson.Default.Subscription, cancellationToken);
    }

    /// <summary>Subscriptions, without their secrets. Permission <c>subscriptions:read</c>.</summary>
    /// <param name="after"><see cref="Page{T}.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">Most items, 1 to 200. Default: the gateway's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Subscription>> ListAsync(string? after = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _gateway.GetAsync(new RequestPath(Root).With("after", after).With("limit", limit), SdkJson.Default.PageSubscription, cancellationToken);
}
