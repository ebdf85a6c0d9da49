using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Qrossing.Gateway.Observability;

/// <summary>One span and one measurement per request.</summary>
internal sealed class TelemetryMiddleware(RequestDelegate next)
{
    // No answer was begun before the caller went away; 499 is what nginx made common for it.
    private const int ClientGone = 499;

    private static readonly string[] KnownMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public async Task InvokeAsync(HttpContext context)
    {
        var method = Array.IndexOf(KnownMethods, context.Request.Method) >= 0 ? context.Request.Method : "_OTHER";
        var began = Stopwatch.GetTimestamp();
        var span = GatewayTelemetry.Begin(method, context.Request.Headers.TraceParent.ToString(), context.Request.Headers.TraceState.ToString());
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unmatched";
            var isGone = context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted;
            GatewayTelemetry.End(span, method, route, isGone ? ClientGone : context.Response.StatusCode, Stopwatch.GetElapsedTime(began));
        }
    }
}
