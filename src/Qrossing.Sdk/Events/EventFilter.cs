namespace Qrossing.Sdk.Events;

/// <summary>Narrows a read of the event log; a member that is null does not.</summary>
public sealed record EventFilter
{
    /// <summary>A type pattern: exact, <c>x.*</c> or <c>*</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Exact subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Start behind this: <see cref="Page{T}.Next"/> of the page before, or the <see cref="CloudEvent.Sequence"/> of an event.</summary>
    public string? After { get; init; }

    /// <summary>Most items of a page, 1 to 200. Default: the gateway's. Streams have no end.</summary>
    public int? Limit { get; init; }
}
