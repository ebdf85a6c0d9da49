using System.Diagnostics.Metrics;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Events;

/// <summary>Instruments of the event log.</summary>
internal static class EventTelemetry
{
    private static readonly Meter Meter = new(Telemetry.Name);

    private static readonly Counter<long> Incoming = Meter.CreateCounter<long>(
        "qrossing.events.incoming", "{event}", "Events handed in by callers, by what became of them.");

    public static void Accepted(int stored, int repeated)
    {
        Count(stored, "stored");
        Count(repeated, "repeated");
    }

    public static void Refused(int count, ErrorCode error) => Count(count, error.Code);

    private static void Count(int count, string result)
    {
        if (count > 0)
        {
            Incoming.Add(count, new KeyValuePair<string, object?>("qrossing.events.result", result));
        }
    }
}
