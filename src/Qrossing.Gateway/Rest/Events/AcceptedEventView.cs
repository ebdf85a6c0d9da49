namespace Qrossing.Gateway.Rest.Events;

/// <summary>One event of those.</summary>
internal sealed record AcceptedEventView
{
    /// <summary>The event's own id.</summary>
    public required string Id { get; init; }

    /// <summary>Its position in the log, also when it was there before.</summary>
    public required string Sequence { get; init; }
}
