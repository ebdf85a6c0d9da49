using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Webhooks;

/// <summary>What callers do with subscriptions.</summary>
public sealed class Subscriptions(
    IWriter writer,
    ISubscriptionStore store,
    IEventStore events,
    IEgressCheck egress,
    IWebhookSecrets secrets,
    SubscriptionSignal signal,
    IdGenerator ids,
    WebhookOptions options)
{
    /// <summary>The most deliveries that one replay puts back.</summary>
    public const int MaxReplay = 10_000;

    private const int ReplayUnit = 500;

    private readonly SubscriptionPolicy _policy = new(egress);

    /// <summary>Makes a subscription. The secret is shown this once.</summary>
    /// <returns>The subscription; or <c>subscriptions.invalid</c>, <c>egress.refused</c>.</returns>
    public async Task<Result<SubscriptionWithSecret>> CreateAsync(RequestContext context, NewSubscription request, CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        Require(request.Url, "/url", errors);
        Require(request.Types, "/types", errors);
        var cursor = SubscriptionPolicy.ParseFrom(request.From, await events.HeadAsync(cancellationToken), errors);
        if (await _policy.CheckAsync(request.Url, request.Types, errors, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var tenant = context.Caller.Tenant;
        var secret = WebhookSecret.New();
        var envelope = secrets.Seal(tenant, secret);
        var id = ids.New<SubscriptionId>();
        var made = await writer.WriteAsync(
            session =>
            {
                var subscription = new Subscription
                {
                    Tenant = tenant,
                    Id = id,
                    Url = request.Url!,
                    Types = request.Types!,
                    Status = SubscriptionStatus.Active,
                    SealedSecrets = [envelope],
                    Cursor = cursor,
                    CreatedBy = context.Caller.Client,
                    Version = 1,
                    CreatedAt = session.Now,
                };
                store.Insert(session, subscription);
                Audit(session, context, id, "subscriptions.created", Describe(subscription));
                return subscription;
            },
            cancellationToken);
        signal.Raise(tenant, id);
        return new SubscriptionWithSecret(made, WebhookSecret.ToText(secret));
    }

    /// <summary>A tenant's subscriptions, newest first.</summary>
    public ValueTask<Page<Subscription>> ListAsync(RequestContext context, PageRequest page, CancellationToken cancellationToken) =>
        store.ListAsync(context.Caller.Tenant, page, cancellationToken);

    /// <summary>One subscription; or <c>subscriptions.not_found</c>.</summary>
    public async ValueTask<Result<Subscription>> GetAsync(RequestContext context, SubscriptionId id, CancellationToken cancellationToken)
    {
        var subscription = await store.GetAsync(context.Caller.Tenant, id, cancellationToken);
        return subscription is null ? NotFound(id) : subscription;
    }

    /// <summary>Changes url, types or status.</summary>
    /// <returns>The subscription as it is now; or <c>subscriptions.not_found</c>, <c>subscriptions.invalid</c>, <c>egress.refused</c>.</returns>
    public async Task<Result<Subscription>> UpdateAsync(
        RequestContext context, SubscriptionId id, SubscriptionChange change, CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        if (change.Status is not (null or SubscriptionStatus.Active or SubscriptionStatus.Disabled))
        {
            errors.Add(new FieldError("/status", "range", "Must be 'active' or 'disabled'."));
        }

        if (await _policy.CheckAsync(change.Url, change.Types, errors, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await ChangeAsync(context, id, "subscriptions.updated", (_, current) => Apply(current, change), cancellationToken);
    }

    /// <summary>Deletes a subscription and what waits to be sent to it. Null when done; or <c>subscriptions.not_found</c>.</summary>
    public async Task<Refusal?> DeleteAsync(RequestContext context, SubscriptionId id, CancellationToken cancellationToken)
    {
        var tenant = context.Caller.Tenant;
        var deleted = await writer.WriteAsync(
            session =>
            {
                var existed = store.Delete(session, tenant, id);
                if (existed)
                {
                    Audit(session, context, id, "subscriptions.deleted", []);
                }

                return existed;
            },
            cancellationToken);
        signal.Raise(tenant, id);
        return deleted ? null : NotFound(id);
    }

    /// <summary>Makes a new secret. The one before goes on signing beside it for <see cref="WebhookOptions.OldSecretLife"/>; an older one ends at once.</summary>
    public async Task<Result<SubscriptionWithSecret>> RotateSecretAsync(RequestContext context, SubscriptionId id, CancellationToken cancellationToken)
    {
        var secret = WebhookSecret.New();
        var envelope = secrets.Seal(context.Caller.Tenant, secret);
        var changed = await ChangeAsync(
            context,
            id,
            "subscriptions.secret_rotated",
            (session, current) => current with
            {
                SealedSecrets = [envelope, current.SealedSecrets[0]],
                OldSecretUntil = session.Now + options.OldSecretLife,
            },
            cancellationToken);
        return changed.IsSuccess ? new SubscriptionWithSecret(changed.Value, WebhookSecret.ToText(secret)) : changed.Refusal;
    }

    /// <summary>
    /// Sends again what matched in a range of positions, both ends included, each under the <c>webhook-id</c> it had. Positions that the
    /// subscription has not reached yet are left out: they come anyway.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="from">First position, from 1.</param>
    /// <param name="to">Last position; null: up to where the subscription stands.</param>
    /// <param name="cancellationToken">Stops between units; what was put back stays.</param>
    public async Task<Result<Replay>> ReplayAsync(
        RequestContext context, SubscriptionId id, long from, long? to, CancellationToken cancellationToken)
    {
        if (from < 1 || to < from)
        {
            return new Refusal(WebhookErrors.Invalid, "The range is not valid.")
            {
                Errors = [new FieldError(from < 1 ? "/from" : "/to", "range", "'from' is at least 1 and 'to' not before it.")],
            };
        }

        var tenant = context.Caller.Tenant;
        if (await store.GetAsync(tenant, id, cancellationToken) is not { } subscription)
        {
            return NotFound(id);
        }

        var end = Math.Min(to ?? long.MaxValue, subscription.Cursor);
        var page = await events.ReadAsync(tenant, from - 1, MaxReplay + 1, new EventFilter(subscription.Types), cancellationToken);
        var wanted = page.TakeWhile(item => item.Position <= end).ToList();
        if (wanted.Count > MaxReplay)
        {
            return new Refusal(WebhookErrors.ReplayTooLong, $"More than {MaxReplay} events match; 'to' may be at most {wanted[MaxReplay - 1].Position}.");
        }

        foreach (var chunk in wanted.Chunk(ReplayUnit))
        {
            await writer.WriteAsync(session => Requeue(session, context, subscription, chunk), cancellationToken);
        }

        signal.Raise(tenant, id);
        return new Replay(from, Math.Max(end, from), wanted.Count);
    }

    private bool Requeue(IWriteSession session, RequestContext context, Subscription subscription, LogEvent[] chunk)
    {
        if (store.Get(session, subscription.Tenant, subscription.Id) is null)
        {
            return false; // deleted meanwhile
        }

        foreach (var item in chunk)
        {
            store.Requeue(session, DeliveryIds.NewDelivery(subscription, item, session.Now));
        }

        Audit(session, context, subscription.Id, "subscriptions.replayed", new JsonObject
        {
            ["from"] = chunk[0].Position,
            ["to"] = chunk[^1].Position,
            ["deliveries"] = chunk.Length,
        });
        return true;
    }

    private async Task<Result<Subscription>> ChangeAsync(
        RequestContext context, SubscriptionId id, string action, Func<IWriteSession, Subscription, Subscription> change, CancellationToken cancellationToken)
    {
        var tenant = context.Caller.Tenant;
        var changed = await writer.WriteAsync(
            session =>
            {
                if (store.Get(session, tenant, id) is not { } current)
                {
                    return null;
                }

                var next = change(session, current) with { Version = current.Version + 1 };
                if (!store.TryUpdate(session, next, current.Version))
                {
                    throw new InvalidOperationException("A unit saw a subscription change under it.");
                }

                Audit(session, context, id, action, Describe(next));
                return next;
            },
            cancellationToken);
        signal.Raise(tenant, id);
        return changed is null ? NotFound(id) : changed;
    }

    private static Subscription Apply(Subscription current, SubscriptionChange change)
    {
        var status = change.Status ?? current.Status;
        var enabled = status == SubscriptionStatus.Active && current.Status != SubscriptionStatus.Active;
        return current with
        {
            Url = change.Url ?? current.Url,
            Types = change.Types ?? current.Types,
            Status = status,
            StatusReason = status == SubscriptionStatus.Active ? null : current.StatusReason ?? SubscriptionStatus.ByCaller,
            FailingSince = enabled ? null : current.FailingSince, // the days of failure count anew
        };
    }

    private static JsonObject Describe(Subscription subscription) => new()
    {
        ["host"] = new Uri(subscription.Url).Authority, // the path may hold a token of the receiver's
        ["types"] = new JsonArray([.. subscription.Types.Select(type => (JsonNode)type)]),
        ["status"] = subscription.Status,
        ["version"] = subscription.Version,
    };

    private static void Audit(IWriteSession session, RequestContext context, SubscriptionId id, string action, JsonObject payload) =>
        session.Append(new AuditDraft
        {
            Tenant = context.Caller.Tenant,
            Action = action,
            Actor = context.Caller.Credential,
            Subject = id.Text,
            Verdict = "allow",
            RequestId = context.RequestId,
            Payload = payload,
        });

    private static void Require(object? value, string pointer, List<FieldError> errors)
    {
        if (value is null)
        {
            errors.Add(new FieldError(pointer, "required", "Is required."));
        }
    }

    private static Refusal NotFound(SubscriptionId id) => new(WebhookErrors.SubscriptionNotFound, $"There is no subscription '{id.Text}'.");
}
