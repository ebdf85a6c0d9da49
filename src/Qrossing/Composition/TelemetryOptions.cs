namespace Qrossing.Composition;

/// <summary>The section <c>Telemetry</c>. Read once at start.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>Where traces and metrics are exported by OTLP, for example <c>http://127.0.0.1:4318</c>. Default none; <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> counts too.</summary>
    public Uri? OtlpEndpoint { get; init; }
}
