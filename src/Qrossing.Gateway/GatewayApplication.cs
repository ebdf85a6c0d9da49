using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Qrossing.Gateway.Observability;
using Qrossing.Gateway.Problems;
using Qrossing.Gateway.Reference;
using Qrossing.Gateway.Rest;

namespace Qrossing.Gateway;

/// <summary>Puts the front into an application.</summary>
public static class GatewayApplication
{
    /// <summary>
    /// The order in which a request passes: 1. measurement, 2. request id and the one exception handler, 3. headers of every answer, 4. CORS, 5. routing (404, 405),
    /// 6. the endpoint with its own checks.
    /// </summary>
    public static WebApplication UseQrossingGateway(this WebApplication app)
    {
        // Made now: instruments that begin before somebody listens would lose their first measurements.
        _ = app.Services.GetRequiredService<MetricCollector>();
        _ = app.Services.GetRequiredService<ProcessTelemetry>();
        app.UseMiddleware<TelemetryMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<SecureHeadersMiddleware>();
        if (app.Services.GetRequiredService<GatewayOptions>().Cors.Origins.Count > 0)
        {
            app.UseCors();
        }

        app.UseRouting();
        var routes = new RestRoutes(app, app.Services.GetRequiredService<RestPipeline>());
        foreach (var resource in app.Services.GetServices<IMapsEndpoints>())
        {
            resource.Map(routes);
        }

        ReferencePage.Map(app);
        return app;
    }
}
