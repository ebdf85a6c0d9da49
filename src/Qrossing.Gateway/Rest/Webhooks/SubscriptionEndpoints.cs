using Microsoft.AspNetCore.Http;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;
using Qrossing.Core.Webhooks;

namespace Qrossing.Gateway.Rest.Webhooks;

/// <summary><c>/v1/subscriptions</c>: events pushed to callers' endpoints (Standard Webhooks).</summary>
internal sealed class SubscriptionEndpoints(Subscriptions subscriptions) : IMapsEndpoints
{
    private const string Tag = "Subscriptions";
    private const string Root = "/v1/subscriptions";
    private const string One = "/v1/subscriptions/{id}";

    private const string Example = """
        {"id":"whs_06f1m2v8d9w3x5z7a1b4c6d8e0","url":"https://example.org/hooks/qrossing","types":["q.gateway.objects.*"],"status":"active","cursor":"42","createdAt":"2026-01-31T12:00:00Z"}
        """;

    private static readonly EndpointRule Write = new(Permissions.SubscriptionsWrite) { Text = new EndpointText(string.Empty, Tag, string.Empty) };

    public void Map(RestRoutes routes)
    {
        routes.Post(Root, new EndpointRule(Permissions.SubscriptionsWrite, BodyKind.Json)
        {
            Text = new EndpointText("createSubscription", Tag, "Subscribes an endpoint to event types. The secret is shown in this answer only.")
            {
                Description = EndpointText.NoRepeat,
                Request = typeof(SubscriptionRequest),
                RequestExample = """{"url":"https://example.org/hooks/qrossing","types":["q.gateway.objects.*"]}""",
                Response = typeof(SubscriptionView),
                Status = StatusCodes.Status201Created,
                ResponseExample = Example,
                Errors = [WebhookErrors.Invalid, ConnectorErrors.EgressRefused],
            },
        }, CreateAsync);
        routes.Get(Root, new EndpointRule(Permissions.SubscriptionsRead)
        {
            Text = new EndpointText("listSubscriptions", Tag, "Lists subscriptions, newest first.")
            {
                Response = typeof(ListView<SubscriptionView>),
                ResponseExample = $$"""{"data":[{{Example}}]}""",
                Query = QueryText.Page,
            },
        }, call => Lists.PageAsync(call, page => subscriptions.ListAsync(call.Context, page, call.Aborted), SubscriptionView.Of));
        routes.Get(One, new EndpointRule(Permissions.SubscriptionsRead) { Text = Shown("getSubscription", "One subscription, without its secret.") }, GetAsync);
        routes.Patch(One, new EndpointRule(Permissions.SubscriptionsWrite, BodyKind.Json)
        {
            Text = Shown("changeSubscription", "Changes url, types or status; what is absent stays.") with
            {
                Request = typeof(SubscriptionPatch),
                RequestExample = """{"types":["q.gateway.*"]}""",
                Errors = [WebhookErrors.SubscriptionNotFound, WebhookErrors.Invalid, ConnectorErrors.EgressRefused],
            },
        }, ChangeAsync);
        routes.Delete(One, Write with
        {
            Text = Shown("deleteSubscription", "Deletes a subscription and what waits to be sent to it.") with { Response = null, ResponseExample = null, Status = StatusCodes.Status204NoContent },
        }, DeleteAsync);
        routes.Post($"{One}/rotate-secret", Write with { Text = Shown("rotateSubscriptionSecret", "Makes a new secret, shown in this answer only; the one before signs beside it for a day.") }, RotateAsync);
        routes.Post($"{One}/disable", Write with { Text = Shown("disableSubscription", "Stops sending; the position in the log is kept.") }, call => SetStatusAsync(call, SubscriptionStatus.Disabled));
        routes.Post($"{One}/enable", Write with { Text = Shown("enableSubscription", "Sends again, from where it stopped.") }, call => SetStatusAsync(call, SubscriptionStatus.Active));
        routes.Post($"{One}/replay", new EndpointRule(Permissions.SubscriptionsWrite, BodyKind.Json)
        {
            Text = Shown("replaySubscription", "Sends a range of the log again, each event under the webhook-id it had.") with
            {
                Request = typeof(ReplayRequest),
                RequestExample = """{"from":1,"to":42}""",
                Response = typeof(ReplayView),
                ResponseExample = """{"from":"1","to":"42","deliveries":17}""",
                Errors = [WebhookErrors.SubscriptionNotFound, WebhookErrors.Invalid, WebhookErrors.ReplayTooLong],
            },
        }, ReplayAsync);
    }

    private static EndpointText Shown(string operationId, string summary) => new(operationId, Tag, summary)
    {
        Response = typeof(SubscriptionView),
        ResponseExample = Example,
        Errors = [WebhookErrors.SubscriptionNotFound],
    };

    private async Task<Answer> CreateAsync(GatewayCall call)
    {
        var bound = call.Bind<SubscriptionRequest>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        var made = await subscriptions.CreateAsync(call.Context, new NewSubscription(bound.Value.Url, bound.Value.Types, bound.Value.From), call.Aborted);
        return Answer.From(made, found => Answer.Of(
            StatusCodes.Status201Created,
            SubscriptionView.Of(found.Subscription) with { Secret = found.Secret },
            $"/v1/subscriptions/{found.Subscription.Id}"));
    }

    private async Task<Answer> GetAsync(GatewayCall call) =>
        call.Id<SubscriptionId>() is { } id ? Shown(await subscriptions.GetAsync(call.Context, id, call.Aborted)) : NotFound(call);

    private async Task<Answer> ChangeAsync(GatewayCall call)
    {
        var bound = call.Bind<SubscriptionPatch>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        var change = new SubscriptionChange(bound.Value.Url, bound.Value.Types, bound.Value.Status);
        return call.Id<SubscriptionId>() is { } id ? Shown(await subscriptions.UpdateAsync(call.Context, id, change, call.Aborted)) : NotFound(call);
    }

    private async Task<Answer> SetStatusAsync(GatewayCall call, string status) =>
        call.Id<SubscriptionId>() is { } id
            ? Shown(await subscriptions.UpdateAsync(call.Context, id, new SubscriptionChange(Status: status), call.Aborted))
            : NotFound(call);

    private async Task<Answer> DeleteAsync(GatewayCall call)
    {
        if (call.Id<SubscriptionId>() is not { } id)
        {
            return NotFound(call);
        }

        return await subscriptions.DeleteAsync(call.Context, id, call.Aborted) is { } refusal ? refusal : Answer.NoContent;
    }

    private async Task<Answer> RotateAsync(GatewayCall call)
    {
        if (call.Id<SubscriptionId>() is not { } id)
        {
            return NotFound(call);
        }

        var rotated = await subscriptions.RotateSecretAsync(call.Context, id, call.Aborted);
        return Answer.From(rotated, found => Answer.Ok(SubscriptionView.Of(found.Subscription) with { Secret = found.Secret }));
    }

    private async Task<Answer> ReplayAsync(GatewayCall call)
    {
        var bound = call.Bind<ReplayRequest>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        if (call.Id<SubscriptionId>() is not { } id)
        {
            return NotFound(call);
        }

        var replay = await subscriptions.ReplayAsync(call.Context, id, bound.Value.From, bound.Value.To, call.Aborted);
        return Answer.From(replay, done => Answer.Ok(new ReplayView { From = done.From.ToString(), To = done.To.ToString(), Deliveries = done.Deliveries }));
    }

    private static Answer Shown(Result<Subscription> result) => Answer.From(result, subscription => Answer.Ok(SubscriptionView.Of(subscription)));

    private static Refusal NotFound(GatewayCall call) => new(WebhookErrors.SubscriptionNotFound, $"There is no subscription '{call.Path("id")}'.");
}
