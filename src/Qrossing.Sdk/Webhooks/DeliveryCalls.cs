using Qrossing.Sdk.Transport;

namespace Qrossing.Sdk.Webhooks;

/// <summary><c>/v1/deliveries</c>.</summary>
public sealed class DeliveryCalls
{
    private readonly GatewayHttp _gateway;

    internal DeliveryCalls(GatewayHttp gateway) => _gateway = gateway;

    /// <summary>Deliveries, newest first. Permission <c>subscriptions:read</c>.</summary>
    /// <param name="filter">Null lists all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Delivery>> ListAsync(DeliveryFilter? filter = null, CancellationToken cancellationToken = default) => _gateway.GetAsync(
        new RequestPath("/v1/deliveries")
            .With("status", filter?.Status)
            .With("subscription", filter?.Subscription)
            .With("after", filter?.After)
            .With("limit", filter?.Limit),
        SdkJson.Default.PageDelivery,
        cancellationToken);

    /// <summary>Has a delivery sent again, with the same <c>webhook-id</c>. Permission <c>subscriptions:write</c>.</summary>
    /// <param name="id">The delivery's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="QrossingProblemException">404 and 409 with the code of the case.</exception>
    public Task<Delivery> RetryAsync(string id, CancellationToken cancellationToken = default) =>
        _gateway.PostAsync(new RequestPath("/v1/deliveries").Then(id).Then("retry"), SdkJson.Default.Delivery, cancellationToken);
}
