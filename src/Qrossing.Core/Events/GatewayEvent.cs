using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Events;

/// <summary>What the gateway itself has to tell; <see cref="GatewayEvents"/> makes the event of it.</summary>
public sealed record GatewayEvent
{
    /// <summary><c>q.gateway.&lt;area&gt;.&lt;action&gt;[.&lt;sub&gt;].v&lt;N&gt;</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The id of what it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>Order is kept per key; null: no order is promised.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The effect it tells of.</summary>
    public EffectId? EffectId { get; init; }

    /// <summary>The data. No secrets, no personal data beyond ids.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>Joins events of one undertaking.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>W3C traceparent of the cause.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The id of the event that this one takes back; the type then ends in <c>.retracted.v&lt;N&gt;</c> or <c>.retracted</c>.</summary>
    public string? Retracts { get; init; }
}
