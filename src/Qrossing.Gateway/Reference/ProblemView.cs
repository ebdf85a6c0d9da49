namespace Qrossing.Gateway.Reference;

/// <summary>A problem document (RFC 9457). Every answer that is not a success is one.</summary>
internal sealed record ProblemView
{
    /// <summary>The page that explains it: <c>/problems/{code}</c>.</summary>
    public required string Type { get; init; }

    /// <summary>One line, the same for every occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What exactly, for this occurrence.</summary>
    public required string Detail { get; init; }

    /// <summary>The path of the request, or of the effect.</summary>
    public required string Instance { get; init; }

    /// <summary>The error code; never reused for another meaning.</summary>
    public required string Code { get; init; }

    /// <summary>Trace id, or request id.</summary>
    public string? TraceId { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public required bool Retryable { get; init; }

    /// <summary>When to try again.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>The effect it is about.</summary>
    public string? EffectId { get; init; }

    /// <summary>That effect's outcome.</summary>
    public string? EffectOutcome { get; init; }

    /// <summary>Everything that is wrong, at once.</summary>
    public IReadOnlyList<ProblemFieldView>? Errors { get; init; }
}
