using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Qrossing.Gateway.Observability;

/// <summary>The HTTP front's span and metrics, on our own instruments: the stock ASP.NET instrumentation costs more CPU than the proxy itself (stack, Telemetry).</summary>
internal static class GatewayTelemetry
{
    private static readonly ActivitySource Spans = new("Qrossing.Gateway");
    private static readonly Meter Meter = new("Qrossing.Gateway");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "http.server.request.duration",
        unit: "s",
        description: "Duration of HTTP server requests.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60] });

    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>("http.server.active_requests", description: "HTTP requests being served.");

    /// <summary>The current trace context as a W3C traceparent; null without a trace.</summary>
    public static string? TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Begins a request's span in the caller's trace.</summary>
    public static Activity? Begin(string method, string? traceParent, string? traceState)
    {
        Active.Add(1);
        if (!Spans.HasListeners())
        {
            return null;
        }

        if (ActivityContext.TryParse(traceParent, string.IsNullOrEmpty(traceState) ? null : traceState, isRemote: true, out var parent))
        {
            return Spans.StartActivity(method, ActivityKind.Server, parent);
        }

        // The server's own activity is not exported: as a parent it would hang this span, and the sampler's decision, on nothing.
        Activity.Current = null;
        return Spans.StartActivity(method, ActivityKind.Server);
    }

    /// <summary>Ends it. The route is the template, so the number of series stays bounded.</summary>
    public static void End(Activity? span, string method, string route, int status, TimeSpan took)
    {
        Active.Add(-1);
        Duration.Record(took.TotalSeconds, new("http.request.method", method), new("http.route", route), new("http.response.status_code", status));
        if (span is null)
        {
            return;
        }

        span.DisplayName = $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }
}
