namespace Qrossing.Console.Timeline;

/// <summary>Something that a receipt shows at a time.</summary>
public sealed record TimelineItem
{
    /// <summary>What kind of thing it is.</summary>
    public required TimelineLane Lane { get; init; }

    /// <summary>When it was, or began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it ended; null for a moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What it was.</summary>
    public required string Text { get; init; }

    /// <summary>The word that colours it.</summary>
    public required string Word { get; init; }

    /// <summary>What belongs to it, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];
}
