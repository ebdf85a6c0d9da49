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

    // Counted here and read when somebody asks: two measurements per request, each handed to every listener, would say no more.
    private static readonly ObservableUpDownCounter<long> Active = Meter.CreateObservableUpDownCounter(
        "http.server.active_requests", static () => Interlocked.Read(ref _active), description: "HTTP requests being served.");

    private static long _active;

    /// <summary>The current trace context as a W3C traceparent; null without a trace.</summary>
    public static string? TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Begins a request's span in the caller's trace.</summary>
    public static Activity? Begin(string method, string? traceParent, string? traceState)
    {
        Interlocked.Increment(ref _active);
        if (!Spans.HasListeners())
        {
            return Carry(method, traceParent, traceState);
        }

        if (ActivityContext.TryParse(traceParent, string.IsNullOrEmpty(traceState) ? null : traceState, isRemote: true, out var parent))
        {
            return Spans.StartActivity(method, ActivityKind.Server, parent);
        }

        // The server's own activity is not exported: as a parent it would hang this span, and the sampler's decision, on nothing.
        Activity.Current = null;
        return Spans.StartActivity(method, ActivityKind.Server);
    }

    /// <summary>Nobody exports spans; the trace goes on all the same, through effects, events and peers. The server would begin one itself, and another beside a span of ours.</summary>
    private static Activity? Carry(string method, string? traceParent, string? traceState)
    {
        if (Activity.Current is not null)
        {
            return null;
        }

        var carrier = new Activity(method);
        if (ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent))
        {
            carrier.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
            carrier.TraceStateString = string.IsNullOrEmpty(traceState) ? null : traceState;
        }

        return carrier.Start();
    }

    /// <summary>Ends it. The route is the template, so the number of series stays bounded.</summary>
    public static void End(Activity? span, string method, string route, int status, TimeSpan took)
    {
        Interlocked.Decrement(ref _active);
        Duration.Record(took.TotalSeconds, new("http.request.method", method), new("http.route", route), new("http.response.status_code", status));
        if (span is not { IsAllDataRequested: true, Source.Name.Length: > 0 })
        {
            span?.Dispose(); // nobody will see it: naming it would be for nothing
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
