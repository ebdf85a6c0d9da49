using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Webhooks;

/// <summary>What callers do with deliveries.</summary>
public sealed class Deliveries(IWriter writer, ISubscriptionStore store, SubscriptionSignal signal)
{
    /// <summary>A tenant's deliveries, newest first; filters narrow (null: all).</summary>
    public ValueTask<Page<Delivery>> ListAsync(
        RequestContext context, SubscriptionId? subscription, DeliveryStatus? status, PageRequest page, CancellationToken cancellationToken) =>
        store.ListDeliveriesAsync(context.Caller.Tenant, subscription, status, page, cancellationToken);

    /// <summary>One delivery; or <c>deliveries.not_found</c>.</summary>
    public async ValueTask<Result<Delivery>> GetAsync(RequestContext context, DeliveryId id, CancellationToken cancellationToken)
    {
        var delivery = await store.GetDeliveryAsync(context.Caller.Tenant, id, cancellationToken);
        return delivery is null ? NotFound(id) : delivery;
    }

    /// <summary>
    /// Sends a delivery again, whatever became of it, under its <c>webhook-id</c>. It goes before what waits of its partition key;
    /// younger events that were delivered meanwhile it cannot precede.
    /// </summary>
    /// <returns>The delivery, waiting; or <c>deliveries.not_found</c>, <c>deliveries.subscription_gone</c>.</returns>
    public async Task<Result<Delivery>> RetryAsync(RequestContext context, DeliveryId id, CancellationToken cancellationToken)
    {
        var tenant = context.Caller.Tenant;
        if (await store.GetDeliveryAsync(tenant, id, cancellationToken) is not { } delivery)
        {
            return NotFound(id);
        }

        var waiting = await writer.WriteAsync(
            session =>
            {
                if (store.Get(session, tenant, delivery.Subscription) is null)
                {
                    return null;
                }

                var again = delivery with
                {
                    Status = DeliveryStatus.Waiting,
                    Tries = 0,
                    TriedSince = null,
                    NextAttemptAt = session.Now,
                    Reason = null,
                    UpdatedAt = session.Now,
                };
                store.Requeue(session, again);
                session.Append(new AuditDraft
                {
                    Tenant = tenant,
                    Action = "deliveries.retried",
                    Actor = context.Caller.Credential,
                    Subject = id.Text,
                    Verdict = "allow",
                    RequestId = context.RequestId,
                    Payload = new JsonObject { ["subscription"] = delivery.Subscription.Text, ["position"] = delivery.Position },
                });
                return again;
            },
            cancellationToken);
        if (waiting is null)
        {
            return new Refusal(WebhookErrors.SubscriptionGone, $"The subscription '{delivery.Subscription.Text}' was deleted.");
        }

        signal.Raise(tenant, delivery.Subscription);
        return waiting;
    }

    private static Refusal NotFound(DeliveryId id) => new(WebhookErrors.DeliveryNotFound, $"There is no delivery '{id.Text}'.");
}
