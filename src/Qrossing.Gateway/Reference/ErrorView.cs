using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Reference;

/// <summary>A registered error.</summary>
internal sealed record ErrorView
{
    /// <summary>What problem documents carry as <c>code</c>.</summary>
    public required string Code { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What the caller should do.</summary>
    public required string Advice { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public required bool Retryable { get; init; }

    /// <summary>The view of an error.</summary>
    public static ErrorView Of(ErrorCode error) => new() { Code = error.Code, Status = error.Status, Title = error.Title, Advice = error.Advice, Retryable = error.Retryable };
}
