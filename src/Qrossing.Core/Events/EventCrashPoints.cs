namespace Qrossing.Core.Events;

/// <summary>Crash points of the event log.</summary>
internal static class EventCrashPoints
{
    /// <summary>Events of a caller are committed, the answer has not left.</summary>
    public const string AfterAppend = "events.after_append";
}
