using Qrossing.Sdk;

namespace Qrossing.Console.Pages;

/// <summary>What the sign-in page shows.</summary>
public sealed record LoginModel
{
    /// <summary>Where to go afterwards.</summary>
    public required string Then { get; init; }

    /// <summary>Why it did not work.</summary>
    public QrossingProblemException? Problem { get; init; }
}
