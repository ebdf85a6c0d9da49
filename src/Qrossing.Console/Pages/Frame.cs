namespace Qrossing.Console.Pages;

/// <summary>What is around a page.</summary>
public sealed record Frame
{
    /// <summary>The page's title.</summary>
    public required string Title { get; init; }

    /// <summary>The request's path, to mark the page in the navigation.</summary>
    public required string Path { get; init; }

    /// <summary>Environment and id of the operator's key; null when nobody is signed in.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>Name of the hidden field of every form.</summary>
    public required string FormField { get; init; }

    /// <summary>Its value.</summary>
    public required string FormToken { get; init; }

    /// <summary>When the page was made.</summary>
    public required DateTimeOffset Now { get; init; }
}
