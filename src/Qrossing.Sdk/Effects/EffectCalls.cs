using Qrossing.Sdk.Transport;

namespace Qrossing.Sdk.Effects;

/// <summary><c>/v1/effects</c>.</summary>
public sealed class EffectCalls
{
    private readonly GatewayHttp _gateway;

    internal EffectCalls(GatewayHttp gateway) => _gateway = gateway;

    /// <summary>Effects, newest first. Permission <c>effects:read</c>.</summary>
    /// <param name="filter">Null lists all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Effect>> ListAsync(EffectFilter? filter = null, CancellationToken cancellationToken = default) => _gateway.GetAsync(
        new RequestPath("/v1/effects")
            .With("outcome", filter?.Outcome)
            .With("kind", filter?.Kind)
            .With("connection", filter?.Connection)
            .With("after", filter?.After)
            .With("limit", filter?.Limit),
        SdkJson.Default.PageEffect,
        cancellationToken);

    /// <summary>One effect with its attempts. Permission <c>effects:read</c>.</summary>
    /// <param name="id">The effect's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="QrossingProblemException"><c>effects.not_found</c>.</exception>
    public Task<Effect> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _gateway.GetAsync(new RequestPath("/v1/effects").Then(id), SdkJson.Default.Effect, cancellationToken);

    /// <summary>Has the gateway ask the peer now instead of at <see cref="Effect.NextActionAt"/>. Never sends anything twice. Permission <c>effects:write</c>.</summary>
    /// <param name="id">The effect's id.</param>
    /// <param name="cancellationToken">Ends the call, not the question.</param>
    /// <returns>The effect as it stands after it, or while it is still asking.</returns>
    /// <exception cref="QrossingProblemException"><c>effects.not_found</c>.</exception>
    public Task<Effect> ProbeAsync(string id, CancellationToken cancellationToken = default) =>
        _gateway.PostAsync(new RequestPath("/v1/effects").Then(id).Then("probe"), SdkJson.Default.Effect, cancellationToken);

    /// <summary>Withdraws an effect that was not sent; of one that may have been, makes no further attempt and asks the peer to cancel where it can. Permission <c>effects:write</c>.</summary>
    /// <param name="id">The effect's id.</param>
    /// <param name="cancellationToken">Ends the call, not the cancellation.</param>
    /// <returns>The effect: <c>canceled</c>, or as it stands with the wish noted.</returns>
    /// <exception cref="QrossingProblemException"><c>effects.not_found</c>, <c>effects.ended</c>.</exception>
    public Task<Effect> CancelAsync(string id, CancellationToken cancellationToken = default) =>
        _gateway.PostAsync(new RequestPath("/v1/effects").Then(id).Then("cancel"), SdkJson.Default.Effect, cancellationToken);
}
