namespace Qrossing.Sdk;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What it lists.</typeparam>
public sealed record Page<T>
{
    /// <summary>The items, in the list's order.</summary>
    public required IReadOnlyList<T> Data { get; init; }

    /// <summary>Give it as <c>after</c> to get what follows; null at the end.</summary>
    public string? Next { get; init; }
}
