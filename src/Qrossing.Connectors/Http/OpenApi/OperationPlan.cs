using Qrossing.Connectors.Http.OpenApi.Document;
using Qrossing.Connectors.Http.OpenApi.Expressions;
using Qrossing.Connectors.Http.OpenApi.Schemas;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>An operation of the document together with what the connection says about it.</summary>
internal sealed record OperationPlan
{
    public required ApiOperation Operation { get; init; }

    public required OperationOptions Options { get; init; }

    /// <summary>The parameters a caller gives, as one object.</summary>
    public required Schema Parameters { get; init; }

    public LookupPlan? Lookup { get; init; }
}

/// <summary>How a write is found again.</summary>
/// <param name="Target">The read.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Found">When a success means that the write is there; null for always.</param>
/// <param name="AbsentOn">Statuses that mean that it is not.</param>
internal sealed record LookupPlan(string Target, IReadOnlyDictionary<string, Operand> Parameters, Condition? Found, IReadOnlyList<int> AbsentOn);
