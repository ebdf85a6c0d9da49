using System.Text.Json.Nodes;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Events;

/// <summary>Takes events of callers into the log.</summary>
public sealed class EventLog(IWriter writer, IEventStore events, EventSource source, EventOptions options)
{
    /// <summary>
    /// Stores all of them in one unit, or none. An event whose source and id the log already has is answered with its position and not stored again.
    /// </summary>
    /// <returns>One answer per event in the order given; or <c>events.reserved_type</c>, <c>events.reserved_source</c>, <c>events.unknown_type</c>.</returns>
    public async Task<Result<IReadOnlyList<AcceptedEvent>>> AcceptAsync(
        RequestContext context, IReadOnlyList<IncomingEvent> incoming, CancellationToken cancellationToken)
    {
        if (Refuse(incoming) is { } refusal)
        {
            EventTelemetry.Refused(incoming.Count, refusal.Error);
            return refusal;
        }

        var tenant = context.Caller.Tenant;
        var logEvents = incoming.Select(item => item.ToLogEvent(tenant)).ToList();
        var stored = await writer.WriteAsync(session => Store(session, context, logEvents), cancellationToken);
        CrashPoint.Hit(EventCrashPoints.AfterAppend);
        EventTelemetry.Accepted(stored.Count(isNew => isNew), stored.Count(isNew => !isNew));

        var answers = new List<AcceptedEvent>(logEvents.Count);
        foreach (var (logEvent, isNew) in logEvents.Zip(stored))
        {
            var sequence = isNew ? logEvent.Position : await FindPositionAsync(logEvent, cancellationToken);
            answers.Add(new AcceptedEvent(logEvent.Id, logEvent.Source, sequence));
        }

        return answers;
    }

    private static bool[] Store(IWriteSession session, RequestContext context, List<LogEvent> logEvents)
    {
        var stored = logEvents.Select(session.Append).ToArray();
        if (Array.IndexOf(stored, true) >= 0)
        {
            session.Append(new AuditDraft
            {
                Tenant = context.Caller.Tenant,
                Action = "events.accepted",
                Actor = context.Caller.Credential,
                Verdict = "allow",
                RequestId = context.RequestId,
                Payload = new JsonObject
                {
                    ["events"] = new JsonArray([.. logEvents.Zip(stored).Where(pair => pair.Second).Select(pair => (JsonNode)new JsonObject
                    {
                        ["id"] = pair.First.Id,
                        ["source"] = pair.First.Source,
                        ["type"] = pair.First.Type,
                    })]),
                },
            });
        }

        return stored;
    }

    private Refusal? Refuse(IReadOnlyList<IncomingEvent> incoming)
    {
        var reserved = incoming.Where(item => EventTypes.IsReserved(item.Type)).ToList();
        if (reserved.Count > 0)
        {
            return new Refusal(EventErrors.ReservedType, "Only the gateway itself makes events of types that start with 'q.gateway.'.")
            {
                Errors = [.. reserved.Select(item => new FieldError($"{item.Pointer}/type", "reserved", "The type starts with 'q.gateway.'."))],
            };
        }

        var impostors = incoming.Where(item => item.Source == source.Text).ToList();
        if (impostors.Count > 0)
        {
            return new Refusal(EventErrors.ReservedSource, $"Only the gateway itself makes events of the source '{source.Text}'.")
            {
                Errors = [.. impostors.Select(item => new FieldError($"{item.Pointer}/source", "reserved", "The source is the gateway's own."))],
            };
        }

        var unknown = options.UnknownTypes == EventOptions.Refuse ? incoming.Where(item => !EventTypes.IsKnownForm(item.Type)).ToList() : [];
        return unknown.Count == 0 ? null : new Refusal(EventErrors.UnknownType, "This gateway takes events of known types only.")
        {
            Errors = [.. unknown.Select(item => new FieldError($"{item.Pointer}/type", "format", "The type has not the form 'q.<module>.<action>.v<N>'."))],
        };
    }

    private async ValueTask<long> FindPositionAsync(LogEvent repeated, CancellationToken cancellationToken)
    {
        var first = await events.FindAsync(repeated.Tenant, repeated.Source, repeated.Id, cancellationToken);
        return first?.Position ?? throw new InvalidOperationException("The log refused an event as repeated and does not have it.");
    }
}
