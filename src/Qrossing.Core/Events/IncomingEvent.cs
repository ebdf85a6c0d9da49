using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Events;

/// <summary>A valid CloudEvent 1.0 of a caller, not yet in the log.</summary>
public sealed record IncomingEvent
{
    /// <summary>JSON pointer to the event in the request's body: empty for a single event, <c>/0</c> for the first of a batch.</summary>
    public string Pointer { get; init; } = "";

    /// <summary>CloudEvents <c>id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>CloudEvents <c>source</c>.</summary>
    public required string Source { get; init; }

    /// <summary>CloudEvents <c>type</c>.</summary>
    public required string Type { get; init; }

    /// <summary>CloudEvents <c>subject</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>CloudEvents <c>time</c>.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>CloudEvents <c>datacontenttype</c>.</summary>
    public string? DataContentType { get; init; }

    /// <summary>CloudEvents <c>dataschema</c>.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Extension <c>partitionkey</c>.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The other extensions as a JSON object; null when there are none.</summary>
    public ReadOnlyMemory<byte>? Extensions { get; init; }

    /// <summary>As in <see cref="LogEvent.Data"/>.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>As it goes into the log of a tenant.</summary>
    internal LogEvent ToLogEvent(TenantId tenant) => new()
    {
        Tenant = tenant,
        Id = Id,
        Source = Source,
        Type = Type,
        Subject = Subject,
        Time = Time,
        DataContentType = DataContentType,
        DataSchema = DataSchema,
        PartitionKey = PartitionKey,
        Extensions = Extensions,
        Data = Data,
    };
}
