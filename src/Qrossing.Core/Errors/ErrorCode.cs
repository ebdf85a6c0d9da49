namespace Qrossing.Core.Errors;

/// <summary>A registered error: what callers see as <c>code</c>, and the page behind <c>type</c>.</summary>
/// <param name="Code"><c>area.reason</c>; never reused for another meaning.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">One line, the same for every occurrence (RFC 9457 section 3.1.3).</param>
/// <param name="Advice">What the caller should do.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
public sealed record ErrorCode(string Code, int Status, string Title, string Advice, bool Retryable = false);
