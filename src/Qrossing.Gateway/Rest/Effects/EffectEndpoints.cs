using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest.Effects;

/// <summary><c>/v1/effects</c>: what was intended and what became of it.</summary>
internal sealed class EffectEndpoints(EffectLedger ledger, IEffectStore effects, ConnectionGate gate) : IMapsEndpoints
{
    private const string Tag = "Effects";

    private const string Example = """
        {"id":"eff_06f1m2v8d9w3x5z7a1b4c6d8e0","kind":"objects.put","connection":"local","outcome":"succeeded","phase":"succeeded","finality":"final",
        "result":{"cid":"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku","size":0},"attemptCount":1,"createdAt":"2026-01-31T12:00:00Z","updatedAt":"2026-01-31T12:00:00.042Z",
        "links":{"self":"/v1/effects/eff_06f1m2v8d9w3x5z7a1b4c6d8e0","receipt":"/v1/receipts/eff_06f1m2v8d9w3x5z7a1b4c6d8e0","events":"/v1/events?subject=eff_06f1m2v8d9w3x5z7a1b4c6d8e0"}}
        """;

    public void Map(RestRoutes routes)
    {
        routes.Get("/v1/effects", new EndpointRule(Permissions.EffectsRead)
        {
            Text = new EndpointText("listEffects", Tag, "Lists effects, newest first.")
            {
                Response = typeof(ListView<EffectView>),
                ResponseExample = $$"""{"data":[{{Example}}]}""",
                Query =
                [
                    new("outcome", "Only this outcome: pending, unknown, succeeded, failed or reversed."),
                    new("connection", "Only through this connection."),
                    new("kind", "Only of this kind."),
                    .. QueryText.Page,
                ],
            },
        }, ListAsync);
        routes.Get("/v1/effects/{id}", new EndpointRule(Permissions.EffectsRead)
        {
            Text = new EndpointText("getEffect", Tag, "One effect with every attempt.") { Response = typeof(EffectView), ResponseExample = Example, Errors = [EffectErrors.NotFound] },
        }, GetAsync);
        routes.Post("/v1/effects/{id}/probe", new EndpointRule(Permissions.EffectsWrite)
        {
            Waits = true,
            Text = new EndpointText("probeEffect", Tag, "Has the effect looked up at the peer now and waits for what that shows.")
            {
                Response = typeof(EffectView),
                ResponseExample = Example,
                Errors = [EffectErrors.NotFound, AccessErrors.EnvironmentMismatch],
            },
        }, ProbeAsync);
        routes.Post("/v1/effects/{id}/cancel", new EndpointRule(Permissions.EffectsWrite)
        {
            Text = new EndpointText("cancelEffect", Tag, "Withdraws an effect that was not sent; asks that no further attempt be made otherwise.")
            {
                Description = "200 when it was withdrawn. 202 when it may already have happened: it goes on to be looked up, and nothing is sent again.",
                Response = typeof(EffectView),
                ResponseExample = Example,
                Errors = [EffectErrors.NotFound, EffectErrors.Ended, AccessErrors.EnvironmentMismatch],
            },
        }, CancelAsync);
    }

    private Task<Answer> ListAsync(GatewayCall call)
    {
        EffectOutcome? outcome = null;
        if (call.Query("outcome") is { } text)
        {
            if (!EffectText.TryParse(text, out var parsed))
            {
                return Task.FromResult<Answer>(GatewayCall.InvalidQuery("outcome", "enum", "Must be pending, unknown, succeeded, failed or reversed."));
            }

            outcome = parsed;
        }

        var filter = new EffectListFilter(outcome, call.Query("connection"), call.Query("kind"));
        return Lists.PageAsync(call, page => effects.ListAsync(call.Tenant, filter, page, call.Aborted), effect => EffectView.Of(effect));
    }

    private async Task<Answer> GetAsync(GatewayCall call)
    {
        if (call.Id<EffectId>() is not { } id || await effects.GetAsync(call.Tenant, id, call.Aborted) is not { } effect)
        {
            return NotFound(call);
        }

        return Answer.Ok(EffectView.Of(effect, await effects.ListAttemptsAsync(call.Tenant, id, call.Aborted)));
    }

    private async Task<Answer> ProbeAsync(GatewayCall call)
    {
        if (call.Id<EffectId>() is not { } id)
        {
            return NotFound(call);
        }

        if (await ForeignAsync(call, id) is { } foreign)
        {
            return foreign;
        }

        var probed = await ledger.ProbeAsync(call.Context, id, call.Wait, call.Aborted);
        return probed.IsSuccess
            ? Answer.Ok(EffectView.Of(probed.Value, await effects.ListAttemptsAsync(call.Tenant, id, call.Aborted)))
            : probed.Refusal;
    }

    private async Task<Answer> CancelAsync(GatewayCall call)
    {
        if (call.Id<EffectId>() is not { } id)
        {
            return NotFound(call);
        }

        if (await ForeignAsync(call, id) is { } foreign)
        {
            return foreign;
        }

        var canceled = await ledger.CancelAsync(call.Context, id, call.Aborted);
        return Answer.From(canceled, effect => effect.State.Ended ? Answer.Ok(EffectView.Of(effect)) : EffectAnswers.Pending(effect));
    }

    // Through a connection that the key cannot use it cannot probe or withdraw either. An effect that is not there is the ledger's to refuse.
    private async Task<Refusal?> ForeignAsync(GatewayCall call, EffectId id) =>
        await effects.GetAsync(call.Tenant, id, call.Aborted) is { } effect ? gate.CheckEnvironment(call.Context.Caller, effect.Connection) : null;

    private static Refusal NotFound(GatewayCall call) => new(EffectErrors.NotFound, $"There is no effect '{call.Path("id")}'.");
}
