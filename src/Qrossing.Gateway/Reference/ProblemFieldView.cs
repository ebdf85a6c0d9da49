namespace Qrossing.Gateway.Reference;

/// <summary>One thing wrong in a body or query.</summary>
internal sealed record ProblemFieldView
{
    /// <summary>JSON pointer into the body (RFC 6901), or <c>?name</c> for a query parameter.</summary>
    public required string Pointer { get; init; }

    /// <summary>Short reason.</summary>
    public required string Code { get; init; }

    /// <summary>A sentence.</summary>
    public required string Message { get; init; }
}
