using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Errors;
using Qrossing.Core.Webhooks;

namespace Qrossing.Gateway.Rest.Webhooks;

/// <summary><c>/v1/deliveries</c>: what was sent to subscriptions, and what was not.</summary>
internal sealed class DeliveryEndpoints(Deliveries deliveries) : IMapsEndpoints
{
    private const string Tag = "Deliveries";

    private const string Example = """
        {"id":"dlv_06f1m2v8d9w3x5z7a1b4c6d8e0","subscription":"whs_06f1m2v8d9w3x5z7a1b4c6d8e1","eventId":"evt_06f1m2v8d9w3x5z7a1b4c6d8e2","eventType":"q.gateway.objects.stored.v1","sequence":"42","status":"delivered","attempts":1,"responseStatus":200,"createdAt":"2026-01-31T12:00:00Z","updatedAt":"2026-01-31T12:00:00.1Z"}
        """;

    public void Map(RestRoutes routes)
    {
        routes.Get("/v1/deliveries", new EndpointRule(Permissions.SubscriptionsRead)
        {
            Text = new EndpointText("listDeliveries", Tag, "Lists deliveries, newest first.")
            {
                Response = typeof(ListView<DeliveryView>),
                ResponseExample = $$"""{"data":[{{Example}}]}""",
                Query =
                [
                    new("subscription", "Only of this subscription."),
                    new("status", "Only with this status: waiting, sending, delivered, dead or skipped."),
                    .. QueryText.Page,
                ],
            },
        }, ListAsync);
        routes.Get("/v1/deliveries/{id}", new EndpointRule(Permissions.SubscriptionsRead)
        {
            Text = new EndpointText("getDelivery", Tag, "One delivery.") { Response = typeof(DeliveryView), ResponseExample = Example, Errors = [WebhookErrors.DeliveryNotFound] },
        }, GetAsync);
        routes.Post("/v1/deliveries/{id}/retry", new EndpointRule(Permissions.SubscriptionsWrite)
        {
            Text = new EndpointText("retryDelivery", Tag, "Sends a delivery again, whatever became of it, under its webhook-id.")
            {
                Response = typeof(DeliveryView),
                ResponseExample = Example,
                Errors = [WebhookErrors.DeliveryNotFound, WebhookErrors.SubscriptionGone],
            },
        }, RetryAsync);
    }

    private Task<Answer> ListAsync(GatewayCall call)
    {
        SubscriptionId? subscription = null;
        if (call.Query("subscription") is { } given)
        {
            if (!IdText.TryParse<SubscriptionId>(given, out var parsed))
            {
                return Task.FromResult<Answer>(GatewayCall.InvalidQuery("subscription", "format", "Must be a subscription id, whs_..."));
            }

            subscription = parsed;
        }

        DeliveryStatus? status = null;
        if (call.Query("status") is { } text)
        {
            if (!DeliveryView.TryParseStatus(text, out var parsed))
            {
                return Task.FromResult<Answer>(GatewayCall.InvalidQuery("status", "enum", "Must be waiting, sending, delivered, dead or skipped."));
            }

            status = parsed;
        }

        return Lists.PageAsync(call, page => deliveries.ListAsync(call.Context, subscription, status, page, call.Aborted), DeliveryView.Of);
    }

    private async Task<Answer> GetAsync(GatewayCall call) =>
        call.Id<DeliveryId>() is { } id ? Shown(await deliveries.GetAsync(call.Context, id, call.Aborted)) : NotFound(call);

    private async Task<Answer> RetryAsync(GatewayCall call) =>
        call.Id<DeliveryId>() is { } id ? Shown(await deliveries.RetryAsync(call.Context, id, call.Aborted)) : NotFound(call);

    private static Answer Shown(Result<Delivery> result) => Answer.From(result, delivery => Answer.Ok(DeliveryView.Of(delivery)));

    private static Refusal NotFound(GatewayCall call) => new(WebhookErrors.DeliveryNotFound, $"There is no delivery '{call.Path("id")}'.");
}
