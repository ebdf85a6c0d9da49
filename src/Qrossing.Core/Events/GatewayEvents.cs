using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Events;

/// <summary>Makes the gateway's own events. They reach the log in the unit that makes them true.</summary>
public sealed class GatewayEvents(IdGenerator ids, EventSource source)
{
    /// <summary>An event with a new id and the gateway's source.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="time">The unit's time.</param>
    /// <param name="draft">What it tells.</param>
    public LogEvent Create(TenantId tenant, DateTimeOffset time, GatewayEvent draft) => new()
    {
        Tenant = tenant,
        Id = ids.New<EventId>().Text,
        Source = source.Text,
        Type = draft.Type,
        Subject = draft.Subject,
        Time = time,
        DataContentType = CloudEventNames.Json,
        PartitionKey = draft.PartitionKey,
        EffectId = draft.EffectId,
        Extensions = Extensions(draft),
        Data = JsonSerializer.SerializeToUtf8Bytes(draft.Data),
    };

    private static ReadOnlyMemory<byte>? Extensions(GatewayEvent draft)
    {
        var extensions = new JsonObject();
        Add(CloudEventNames.CorrelationId, draft.CorrelationId);
        Add(CloudEventNames.Retracts, draft.Retracts);
        Add(CloudEventNames.TraceParent, draft.TraceParent);
        return extensions.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(extensions);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                extensions.Add(name, value);
            }
        }
    }
}
