using Qrossing.Sdk.Transport;

namespace Qrossing.Sdk.Gateway;

/// <summary><c>/v1/connections</c>.</summary>
public sealed class ConnectionCalls
{
    private readonly GatewayHttp _gateway;

    internal ConnectionCalls(GatewayHttp gateway) => _gateway = gateway;

    /// <summary>Configured connections. Permission <c>connections:read</c>.</summary>
    /// <param name="after"><see cref="Page{T}.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">Most items, 1 to 200. Default: the gateway's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Connection>> ListAsync(string? after = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _gateway.GetAsync(new RequestPath("/v1/connections").With("after", after).With("limit", limit), SdkJson.Default.PageConnection, cancellationToken);
}
