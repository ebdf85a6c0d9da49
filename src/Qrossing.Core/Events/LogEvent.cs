using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Events;

/// <summary>A CloudEvent 1.0 in the log.</summary>
public sealed class LogEvent
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>CloudEvents <c>id</c>; unique with <see cref="Source"/>.</summary>
    public required string Id { get; init; }

    /// <summary>CloudEvents <c>source</c>.</summary>
    public required string Source { get; init; }

    /// <summary>CloudEvents <c>type</c>.</summary>
    public required string Type { get; init; }

    /// <summary>CloudEvents <c>subject</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>CloudEvents <c>time</c>; for our own events the unit's time.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>CloudEvents <c>datacontenttype</c>.</summary>
    public string? DataContentType { get; init; }

    /// <summary>CloudEvents <c>dataschema</c>.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Order is kept per key; null: no order is promised.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The effect it tells of.</summary>
    public EffectId? EffectId { get; init; }

    /// <summary>Further extension attributes (<c>correlationid</c>, <c>traceparent</c>, <c>squidid</c>, a caller's own) as a JSON object; null when there are none.</summary>
    public ReadOnlyMemory<byte>? Extensions { get; init; }

    /// <summary>The data: JSON text when <see cref="DataContentType"/> is JSON, raw bytes otherwise; null when the event has none.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>Position in the log; 0 until committed.</summary>
    public long Position { get; set; }
}
