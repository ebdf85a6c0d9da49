namespace Qrossing.Console.Timeline;

/// <summary>The rows of a timeline, top down. Things of the same moment follow each other in this order.</summary>
public enum TimelineLane
{
    /// <summary>The effect's own states.</summary>
    State,

    /// <summary>Calls to the peer.</summary>
    Calls,

    /// <summary>Events.</summary>
    Events,

    /// <summary>Deliveries.</summary>
    Deliveries,
}
