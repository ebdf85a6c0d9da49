namespace Qrossing.Sdk.Effects;

/// <summary>Narrows a list of effects; a member that is null does not.</summary>
public sealed record EffectFilter
{
    /// <summary>One of <see cref="EffectOutcomes"/>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Exact kind.</summary>
    public string? Kind { get; init; }

    /// <summary>A connection's id.</summary>
    public string? Connection { get; init; }

    /// <summary><see cref="Page{T}.Next"/> of the page before.</summary>
    public string? After { get; init; }

    /// <summary>Most items, 1 to 200. Default: the gateway's.</summary>
    public int? Limit { get; init; }
}
