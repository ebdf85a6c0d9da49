using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Qrossing.Core.Events;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>Instruments and spans of the delivery engine.</summary>
internal static class DeliveryTelemetry
{
    private static readonly Meter Meter = new(Telemetry.Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "qrossing.deliveries.attempt.duration", "s", "Attempts to deliver, by outcome.");

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "qrossing.deliveries.stored", "{delivery}", "Delivery records written, by status.");

    private static readonly Counter<long> LaneFaults = Meter.CreateCounter<long>(
        "qrossing.deliveries.lane.faults", "{fault}", "Rounds of a lane that ended in an exception and were begun again.");

    /// <summary>Begins an attempt, in the trace that the event belongs to.</summary>
    public static Attempt Start(Delivery delivery, LogEvent logEvent)
    {
        var parent = TraceParentOf(logEvent);
        _ = ActivityContext.TryParse(parent, null, isRemote: true, out var context);
        var activity = Telemetry.Source.StartActivity("deliver", ActivityKind.Producer, context);
        activity?.SetTag("messaging.message.id", delivery.EventId);
        activity?.SetTag("qrossing.delivery.id", delivery.Id.Text);
        activity?.SetTag("qrossing.delivery.attempt", delivery.Attempts + 1);
        return new Attempt(activity, parent);
    }

    public static void Stored(IReadOnlyList<Delivery> changes)
    {
        foreach (var group in changes.GroupBy(delivery => delivery.Status))
        {
            Deliveries.Add(group.Count(), new KeyValuePair<string, object?>("qrossing.delivery.status", group.Key.ToString().ToLowerInvariant()));
        }
    }

    public static void LaneFailed() => LaneFaults.Add(1);

    private static string? TraceParentOf(LogEvent logEvent)
    {
        if (logEvent.Extensions is not { IsEmpty: false } extensions)
        {
            return null;
        }

        using var document = JsonDocument.Parse(extensions);
        return document.RootElement.TryGetProperty(CloudEventNames.TraceParent, out var value) && value.ValueKind == JsonValueKind.String
            && ActivityContext.TryParse(value.GetString(), null, out _)
            ? value.GetString()
            : null;
    }

    /// <summary>One attempt.</summary>
    internal sealed class Attempt(Activity? activity, string? parent) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        /// <summary>What goes out as <c>traceparent</c>: the attempt's span when it is recorded, else the event's.</summary>
        public string? TraceParent => activity is { IdFormat: ActivityIdFormat.W3C } ? activity.Id : parent;

        public void Ended(DeliveryReply reply)
        {
            var outcome = reply.IsSuccess ? "delivered" : DeliveryReasons.Of(reply);
            activity?.SetTag("http.response.status_code", reply.Status);
            if (!reply.IsSuccess)
            {
                activity?.SetStatus(ActivityStatusCode.Error, outcome);
            }

            Duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, new KeyValuePair<string, object?>("qrossing.delivery.outcome", outcome));
        }

        public void Dispose() => activity?.Dispose();
    }
}
