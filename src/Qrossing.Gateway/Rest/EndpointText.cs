using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest;

/// <summary>What the reference page says about an endpoint.</summary>
/// <param name="OperationId">Unique, camelCase.</param>
/// <param name="Tag">The group it stands in.</param>
/// <param name="Summary">One sentence.</param>
public sealed record EndpointText(string OperationId, string Tag, string Summary)
{
    /// <summary>For a POST that makes something here and causes no effect elsewhere.</summary>
    public const string NoRepeat = "Causes no effect in another system: an Idempotency-Key is not looked at, and a repeat makes another one. List what there is after an answer that was lost.";

    /// <summary>More, where one sentence is not enough.</summary>
    public string? Description { get; init; }

    /// <summary>The record of the JSON body; null without one.</summary>
    public Type? Request { get; init; }

    /// <summary>Media types of the body; empty: JSON, or any where the body is raw.</summary>
    public IReadOnlyList<string> RequestMediaTypes { get; init; } = [];

    /// <summary>What the reference page says about the body's size; null: the limit in bytes.</summary>
    public string? RequestSize { get; init; }

    /// <summary>The record of the answer; null when it has no schema of ours.</summary>
    public Type? Response { get; init; }

    /// <summary>The status of a success. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Media type of the answer. Default JSON.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>A body that works, JSON.</summary>
    public string? RequestExample { get; init; }

    /// <summary>What answers it.</summary>
    public string? ResponseExample { get; init; }

    /// <summary>Query parameters.</summary>
    public IReadOnlyList<QueryText> Query { get; init; } = [];

    /// <summary>Errors of its own, beside those that every endpoint can answer.</summary>
    public IReadOnlyList<ErrorCode> Errors { get; init; } = [];
}
