namespace Qrossing.Core.Events;

/// <summary>What a caller gets for an event it handed in.</summary>
/// <param name="Id">The event's own id.</param>
/// <param name="Source">The event's own source; unique with the id.</param>
/// <param name="Sequence">Its position in the log, also when it was there before.</param>
public sealed record AcceptedEvent(string Id, string Source, long Sequence);
