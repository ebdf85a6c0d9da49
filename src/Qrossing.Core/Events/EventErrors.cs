using Qrossing.Core.Errors;

namespace Qrossing.Core.Events;

/// <summary>Errors of the event log.</summary>
public static class EventErrors
{
    /// <summary>The text is JSON (or headers), but not a CloudEvent.</summary>
    public static readonly ErrorCode Invalid = new(
        "events.invalid", 422, "Not a CloudEvent 1.0",
        "Correct the members that 'errors' points at; nothing of the request was stored.");

    /// <summary>Only the gateway makes events of its own types.</summary>
    public static readonly ErrorCode ReservedType = new(
        "events.reserved_type", 403, "The event type is reserved",
        "Use a type that does not start with 'q.gateway.'; nothing of the request was stored.");

    /// <summary>Only the gateway speaks in its own name.</summary>
    public static readonly ErrorCode ReservedSource = new(
        "events.reserved_source", 403, "The event source is reserved",
        "Use a source of your own: the gateway's own is that of its own events; nothing of the request was stored.");

    /// <summary>A position that the log has not reached.</summary>
    public static readonly ErrorCode PositionAhead = new(
        "events.position_ahead", 409, "The log has not reached this position",
        "The log may have been restored from a backup: compare what you have with it, then go on from a position up to 'head'.");

    /// <summary>The operator takes events of known types only.</summary>
    public static readonly ErrorCode UnknownType = new(
        "events.unknown_type", 422, "The event type is not known",
        "Use a type of the form 'q.<module>.<action>.v<N>', or ask the operator about Events:UnknownTypes.");
}
