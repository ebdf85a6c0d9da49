namespace Qrossing.Sdk;

/// <summary>The gateway refused a request, or the effect it asked for failed: a problem document (RFC 9457) as an exception. It is certain that the request had no other effect than the one named.</summary>
public sealed class QrossingProblemException : Exception
{
    /// <summary>The code of an answer that carries no problem document: it came from something between caller and gateway.</summary>
    public const string NoDocument = "sdk.no_problem_document";

    /// <summary>The code of a successful answer that cannot be read. A write may have been carried out.</summary>
    public const string UnreadableAnswer = "sdk.unreadable_answer";

    /// <summary>An empty problem.</summary>
    public QrossingProblemException()
    {
    }

    /// <summary>A problem with a message only.</summary>
    /// <param name="message">The message.</param>
    public QrossingProblemException(string message)
        : base(message)
    {
    }

    /// <summary>A problem with a message and its cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public QrossingProblemException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The HTTP status; 0 when there was none.</summary>
    public int Status { get; init; }

    /// <summary>The stable code, for example <c>effects.ended</c>; a page about it is at <c>/problems/{code}</c>.</summary>
    public string Code { get; init; } = NoDocument;

    /// <summary>One sentence about the code.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>One sentence about this case.</summary>
    public string? Detail { get; init; }

    /// <summary>What the operator finds this request by.</summary>
    public string? TraceId { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; init; }

    /// <summary>How long to wait before; null when the gateway does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The effect it concerns.</summary>
    public string? EffectId { get; init; }

    /// <summary>That effect's outcome: one of <see cref="Effects.EffectOutcomes"/> or a newer word.</summary>
    public string? EffectOutcome { get; init; }

    /// <summary>What is wrong in the request, member by member.</summary>
    public IReadOnlyList<FieldProblem> Errors { get; init; } = [];
}
