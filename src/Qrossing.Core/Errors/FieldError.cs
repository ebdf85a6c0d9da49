namespace Qrossing.Core.Errors;

/// <summary>One thing wrong in a body or query.</summary>
/// <param name="Pointer">JSON pointer into the body (RFC 6901), or <c>?name</c> for a query parameter.</param>
/// <param name="Code">Short reason: <c>required</c>, <c>type</c>, <c>range</c>, <c>format</c>, <c>unknown</c>, ...</param>
/// <param name="Message">A sentence.</param>
public sealed record FieldError(string Pointer, string Code, string Message);
