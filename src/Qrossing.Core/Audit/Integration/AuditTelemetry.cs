using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Qrossing.Core.Audit.Integration;

/// <summary>Instruments of the transparency log.</summary>
internal static class AuditTelemetry
{
    private static readonly Meter Meter = new(Telemetry.Name);

    private static readonly Counter<long> Entries = Meter.CreateCounter<long>(
        "qrossing.audit.integrated", "{entry}", "Audit entries integrated into the transparency log.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "qrossing.audit.integration.duration", "s", "Batches of the integrator, from reading the entries to the commit.");

    public static void Integrated(int entries, long started)
    {
        Entries.Add(entries);
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
