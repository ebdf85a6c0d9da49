using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Qrossing.Sdk;

namespace Qrossing.Console.Pages;

/// <summary>A part of a page: what the gateway answered, or why it refused. The other parts are shown all the same.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed record Loaded<T>
    where T : class
{
    /// <summary>The answer.</summary>
    public T? Value { get; init; }

    /// <summary>The refusal.</summary>
    public QrossingProblemException? Problem { get; init; }

    /// <summary>Whether there is an answer.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsLoaded => Value is not null;
}

/// <summary>Makes <see cref="Loaded{T}"/>.</summary>
internal static class Loaded
{
    /// <summary>Takes a refusal as a value. That the key is no longer valid concerns the whole page and passes.</summary>
    public static async Task<Loaded<T>> FromAsync<T>(Task<T> asked)
        where T : class
    {
        try
        {
            return new Loaded<T> { Value = await asked };
        }
        catch (QrossingProblemException refused) when (refused.Status != StatusCodes.Status401Unauthorized)
        {
            return new Loaded<T> { Problem = refused };
        }
    }
}
