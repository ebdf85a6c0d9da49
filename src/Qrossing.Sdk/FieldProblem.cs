namespace Qrossing.Sdk;

/// <summary>What is wrong with one member of a request.</summary>
public sealed record FieldProblem
{
    /// <summary>Where: a JSON pointer (RFC 6901) into the body, or the name of a parameter.</summary>
    public required string Pointer { get; init; }

    /// <summary>What is wrong, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public required string Message { get; init; }
}
