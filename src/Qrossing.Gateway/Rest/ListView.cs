namespace Qrossing.Gateway.Rest;

/// <summary>A list as callers see it.</summary>
/// <typeparam name="T">What it holds.</typeparam>
internal sealed record ListView<T>
{
    /// <summary>The items of this page.</summary>
    public required IReadOnlyList<T> Data { get; init; }

    /// <summary>What to pass as <c>after</c> for the next page; absent at the end.</summary>
    public string? Next { get; init; }
}
