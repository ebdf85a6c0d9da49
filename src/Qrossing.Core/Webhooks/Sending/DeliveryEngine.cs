using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Audit;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>What all lanes share, and how a round's results are stored.</summary>
internal sealed class DeliveryEngine(
    IWriter writer,
    ISubscriptionStore store,
    IEventStore events,
    LogHead head,
    GatewayEvents gatewayEvents,
    IWebhookSecrets secrets,
    IDeliveryTransport transport,
    DeliveryRetryPolicy policy,
    WebhookOptions options,
    TimeProvider clock,
    ILogger log)
{
    internal const string DeadLetteredType = "q.gateway.delivery.dead_lettered.v1";
    internal const string DisabledType = "q.gateway.subscription.disabled.v1";

    public ISubscriptionStore Store => store;

    public IEventStore Events => events;

    public LogHead Head => head;

    public IWebhookSecrets Secrets => secrets;

    public WebhookOptions Options => options;

    public TimeProvider Clock => clock;

    public ILogger Log => log;

    public DeliveryRetryPolicy Policy => policy;

    public DeliverySender Sender { get; } = new(events, transport, policy, clock);

    /// <summary>
    /// Stores the results of a round, the cursor, what follows from them, and one audit entry, in one unit.
    /// It is not given up when the process stops: the results are known and would only be repeated.
    /// </summary>
    /// <returns>Whether the lane must read its subscription again: it was changed, disabled or deleted.</returns>
    public async Task<bool> CommitAsync(Subscription subscription, long cursor, IReadOnlyList<Delivery> changes, DeliveryRound round)
    {
        var reason = DisableReason(round);
        var current = await writer.WriteAsync(session => StoreRound(session, subscription, cursor, changes, round, reason), CancellationToken.None);
        DeliveryTelemetry.Stored(changes);
        foreach (var dead in round.Dead)
        {
            Webhooks.Log.DeadLettered(log, dead.Id.Text, subscription.Id.Text, dead.Attempts, dead.Reason);
        }

        if (reason is not null && current is not null)
        {
            Webhooks.Log.SubscriptionDisabled(log, subscription.Id.Text, reason);
        }

        return current is null || current.Version != subscription.Version;
    }

    private string? DisableReason(DeliveryRound round) =>
        round.IsGone ? SubscriptionStatus.EndpointGone
        : round.Failed > 0 && policy.IsHopeless(round.FailingSince, clock.GetUtcNow()) ? SubscriptionStatus.EndpointFailing
        : null;

    private Subscription? StoreRound(
        IWriteSession session, Subscription subscription, long cursor, IReadOnlyList<Delivery> changes, DeliveryRound round, string? reason)
    {
        if (store.Get(session, subscription.Tenant, subscription.Id) is not { } current)
        {
            return null; // deleted while its deliveries were under way
        }

        var stored = changes.Where(delivery => store.PutDelivery(session, delivery)).Select(delivery => delivery.Id).ToHashSet();
        store.MoveCursor(session, subscription.Tenant, subscription.Id, cursor, round.FailingSince);

        // A dead letter about a dead letter would follow itself for ever.
        foreach (var dead in round.Dead.Where(dead => stored.Contains(dead.Id) && dead.EventType != DeadLetteredType))
        {
            session.Append(gatewayEvents.Create(subscription.Tenant, session.Now, DeadLettered(dead)));
        }

        if (reason is not null && current.Status == SubscriptionStatus.Active)
        {
            current = Disable(session, current, round, reason);
        }

        if (changes.Count > 0)
        {
            session.Append(BatchEntry(subscription, changes, round, reason));
        }

        return current;
    }

    private Subscription Disable(IWriteSession session, Subscription current, DeliveryRound round, string reason)
    {
        var disabled = current with
        {
            Status = SubscriptionStatus.Disabled,
            StatusReason = reason,
            FailingSince = round.FailingSince,
            Version = current.Version + 1,
        };
        if (!store.TryUpdate(session, disabled, current.Version))
        {
            throw new InvalidOperationException("A unit saw a subscription change under it.");
        }

        session.Append(gatewayEvents.Create(current.Tenant, session.Now, new GatewayEvent
        {
            Type = DisabledType,
            Subject = current.Id.Text,
            PartitionKey = current.Id.Text,
            Data = new JsonObject { ["subscription"] = current.Id.Text, ["reason"] = reason },
        }));
        return disabled;
    }

    private static GatewayEvent DeadLettered(Delivery dead) => new()
    {
        Type = DeadLetteredType,
        Subject = dead.Id.Text,
        PartitionKey = dead.Subscription.Text,
        Data = new JsonObject
        {
            ["delivery"] = dead.Id.Text,
            ["subscription"] = dead.Subscription.Text,
            ["eventId"] = dead.EventId,
            ["eventType"] = dead.EventType,
            ["sequence"] = dead.Position.ToString(CultureInfo.InvariantCulture),
            ["attempts"] = dead.Attempts,
            ["reason"] = dead.Reason,
            ["responseStatus"] = dead.ResponseStatus,
        },
    };

    private static AuditDraft BatchEntry(Subscription subscription, IReadOnlyList<Delivery> changes, DeliveryRound round, string? reason)
    {
        var payload = new JsonObject { ["attemptsFailed"] = round.Failed };
        foreach (var group in changes.GroupBy(delivery => delivery.Status).OrderBy(group => group.Key))
        {
            payload[group.Key.ToString().ToLowerInvariant()] = group.Count();
        }

        payload["fromPosition"] = changes.Min(delivery => delivery.Position);
        payload["toPosition"] = changes.Max(delivery => delivery.Position);
        if (reason is not null)
        {
            payload["disabled"] = reason;
        }

        return new AuditDraft
        {
            Tenant = subscription.Tenant,
            Action = "deliveries.batch",
            Actor = "system",
            Subject = subscription.Id.Text,
            Payload = payload,
        };
    }
}
