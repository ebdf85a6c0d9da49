using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Connectors.Running;

/// <summary>Writes the audit entry and the event of a change into its unit.</summary>
internal sealed class ConnectionJournal(IdGenerator ids, EventSource source)
{
    /// <summary>Writes both.</summary>
    /// <param name="session">The unit.</param>
    /// <param name="connection">As it is after the change, or was before it was deleted.</param>
    /// <param name="action"><c>created</c>, <c>updated</c>, <c>deleted</c>, <c>disabled</c>, <c>enabled</c>, <c>paused</c>.</param>
    /// <param name="by">On whose behalf.</param>
    /// <param name="shown">The options without secrets, where they changed.</param>
    public void Write(IWriteSession session, ConnectionRecord connection, string action, ConnectionAuthor by, JsonObject? shown = null)
    {
        var facts = Facts(connection);
        session.Append(new LogEvent
        {
            Tenant = connection.Tenant,
            Id = ids.New<EventId>().Text,
            Source = source.Text,
            Type = $"q.gateway.connections.{action}.v1",
            Subject = connection.Id,
            Time = session.Now,
            DataContentType = "application/json",
            PartitionKey = $"connection/{connection.Id}",
            Data = JsonSerializer.SerializeToUtf8Bytes(facts),
        });
        if (shown is not null)
        {
            facts["options"] = shown.DeepClone(); // a unit may run again: the tree stays whole
        }

        session.Append(new AuditDraft
        {
            Tenant = connection.Tenant,
            Action = $"connections.{action}",
            Actor = by.Actor,
            Subject = connection.Id,
            Verdict = "allow",
            RequestId = by.Request?.RequestId,
            Payload = facts,
        });
    }

    private static JsonObject Facts(ConnectionRecord connection)
    {
        var facts = new JsonObject
        {
            ["connection"] = connection.Id,
            ["kind"] = connection.Kind,
            ["status"] = connection.Status,
            ["environment"] = connection.Environment,
            ["managedBy"] = connection.ManagedBy,
            ["version"] = connection.Version,
        };
        if (connection.StatusReason is { } reason)
        {
            facts["reason"] = reason;
        }

        return facts;
    }
}
