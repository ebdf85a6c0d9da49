using Qrossing.Core.Events;

namespace Qrossing.Gateway.Rest.Events;

/// <summary>What a caller gets for events it handed in.</summary>
internal sealed record AcceptedView
{
    /// <summary>How many are in the log now.</summary>
    public required int Accepted { get; init; }

    /// <summary>Each in the order given.</summary>
    public required IReadOnlyList<AcceptedEventView> Events { get; init; }

    /// <summary>The view of what was accepted.</summary>
    public static AcceptedView Of(IReadOnlyList<AcceptedEvent> accepted) => new()
    {
        Accepted = accepted.Count,
        Events = [.. accepted.Select(item => new AcceptedEventView { Id = item.Id, Sequence = item.Sequence.ToString() })],
    };
}
