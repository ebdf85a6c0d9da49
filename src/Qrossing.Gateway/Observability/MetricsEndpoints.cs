using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Access;
using Qrossing.Gateway.Rest;

namespace Qrossing.Gateway.Observability;

/// <summary><c>/metrics</c>: Prometheus text; open to this machine, for others with <c>metrics:read</c>.</summary>
internal sealed class MetricsEndpoints(MetricCollector collector, StateTelemetryWorker state, RestPipeline pipeline) : IMapsEndpoints
{
    public void Map(RestRoutes routes) =>
        routes.Open("/metrics", new EndpointText("getMetrics", "Operations of the gateway", "Metrics in Prometheus text; from other machines it needs metrics:read.") { MediaType = "text/plain" }, ReadAsync);

    private async Task<Answer> ReadAsync(HttpContext http)
    {
        if (!IsLocal(http) && await pipeline.AdmitAsync(http, Permissions.MetricsRead) is null)
        {
            return Answer.Written;
        }

        await state.TryRefreshAsync(http.RequestAborted);
        return Answer.Bytes(StatusCodes.Status200OK, PrometheusText.ContentType, Encoding.UTF8.GetBytes(collector.Read()));
    }

    // Behind a proxy on this machine everybody seems local: what it forwards is not.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For")
        && !http.Request.Headers.ContainsKey("Forwarded");
}
