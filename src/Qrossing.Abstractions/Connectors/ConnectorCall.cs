using Microsoft.Extensions.Logging;

namespace Qrossing.Abstractions.Connectors;

/// <summary>Everything that one call of a connector may use. Nothing of it outlives the call.</summary>
public sealed class ConnectorCall
{
    /// <summary>HTTP to the peer: pinned and checked addresses, no redirects, no retries, size limits, trace headers. Never disposed by the connector.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>For libraries that open their own sockets.</summary>
    public required IConnectorEgress Egress { get; init; }

    /// <summary>The instance's own directory.</summary>
    public required IConnectorFiles Files { get; init; }

    /// <summary>Opens the secrets that the options name.</summary>
    public required IConnectorSecrets Secrets { get; init; }

    /// <summary>The effect's id, the same on every attempt and every lookup; for other reads an id of the call.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>For writes: no first byte leaves after this instant; the host enforces it.</summary>
    public DateTimeOffset? SendBy { get; init; }

    /// <summary>For lookups: when the effect was recorded. What the peer dates earlier is another write, however equal; null when it is not known.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>When the call ends at the latest; the cancellation token follows it.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The instance's log; no payloads, no personal data.</summary>
    public required ILogger Log { get; init; }
}
