using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Qrossing.Core;

/// <summary>Names and instruments of the rooms. Labels are bounded: kinds and operations come from code, results from a closed set, never from callers.</summary>
public static class Telemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Qrossing";

    /// <summary>The connector's kind.</summary>
    public const string ConnectorKind = "qrossing.connector.kind";

    /// <summary>The capability's operation.</summary>
    public const string ConnectorOperation = "qrossing.connector.operation";

    /// <summary><c>ok</c> or the fault's kind in lower snake.</summary>
    public const string ConnectorResult = "qrossing.connector.result";

    /// <summary>The connection's id; on spans only, never on metrics.</summary>
    public const string Connection = "qrossing.connection";

    /// <summary>Which attempt inside a call, from 1; on spans only.</summary>
    public const string ConnectorAttempt = "qrossing.connector.attempt";

    /// <summary>Spans.</summary>
    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Calls through the one door, retries inside a call not counted apart.</summary>
    public static readonly Counter<long> ConnectorCalls =
        Meter.CreateCounter<long>("qrossing.connector.calls", "{call}", "Calls of connectors by kind, operation and result.");

    /// <summary>How long they took, waiting and retries included.</summary>
    public static readonly Histogram<double> ConnectorDuration =
        Meter.CreateHistogram<double>("qrossing.connector.duration", "s", "Duration of calls of connectors.");

    /// <summary>Repeats inside a call.</summary>
    public static readonly Counter<long> ConnectorRetries =
        Meter.CreateCounter<long>("qrossing.connector.retries", "{retry}", "Repeats inside calls of connectors.");
}
