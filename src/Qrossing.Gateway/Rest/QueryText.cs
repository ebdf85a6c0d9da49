namespace Qrossing.Gateway.Rest;

/// <summary>A query parameter on the reference page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">One sentence.</param>
public sealed record QueryText(string Name, string Summary)
{
    /// <summary>Whether it may be given several times. Default: once.</summary>
    public bool Repeats { get; init; }

    /// <summary>The page parameters that every list takes.</summary>
    internal static readonly IReadOnlyList<QueryText> Page =
    [
        new("limit", "How many, 1 to 200. Default 50."),
        new("after", "The 'next' of the page before."),
    ];
}
