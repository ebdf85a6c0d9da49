using System.Collections.Frozen;
using System.Text.Json;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Errors;

/// <summary>Why a request was not done: an expected failure as a value. The gateway writes it as a problem document.</summary>
/// <param name="Error">The registered error.</param>
/// <param name="Detail">What exactly, for this occurrence; no peer text, no personal data.</param>
public sealed record Refusal(ErrorCode Error, string Detail)
{
    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The effect it is about.</summary>
    public EffectId? Effect { get; init; }

    /// <summary>That effect's outcome, lower snake.</summary>
    public string? EffectOutcome { get; init; }

    /// <summary>Further members of the problem document (RFC 9457 section 3.2).</summary>
    public IReadOnlyDictionary<string, JsonElement> Extensions { get; init; } = FrozenDictionary<string, JsonElement>.Empty;

    /// <summary>All field errors at once (422).</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}
