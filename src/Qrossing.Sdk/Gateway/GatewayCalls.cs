using System.Net;
using Qrossing.Sdk.Transport;

namespace Qrossing.Sdk.Gateway;

/// <summary>What concerns the gateway as a whole.</summary>
public sealed class GatewayCalls
{
    private readonly GatewayHttp _gateway;

    internal GatewayCalls(GatewayHttp gateway) => _gateway = gateway;

    /// <summary>What the gateway can do now, in business terms, by area: <c>chains</c>, <c>storage</c>, <c>modules</c>, <c>apis</c>, <c>logins</c>; areas are added. Permission <c>capabilities:read</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<Capability>>> GetCapabilitiesAsync(CancellationToken cancellationToken = default) =>
        _gateway.GetAsync(new RequestPath("/v1/capabilities"), SdkJson.Default.IReadOnlyDictionaryStringIReadOnlyListCapability, cancellationToken);

    /// <summary>Whether the gateway is ready to work, and if not, what is missing. Needs no credential.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<GatewayHealth> GetHealthAsync(CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, default(Uri));
        using var answer = await _gateway.SendRawAsync(request, new RequestPath("/health/ready"), cancellationToken);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            throw await ProblemReader.ReadAsync(answer, cancellationToken);
        }

        return new GatewayHealth
        {
            IsReady = answer.IsSuccessStatusCode,
            Details = await GatewayHttp.ReadAsync(answer, SdkJson.Default.JsonElement, cancellationToken),
        };
    }
}
