namespace Qrossing.Abstractions.Http;

/// <summary>Where a request does not fit an operation.</summary>
/// <param name="Pointer">JSON pointer into <c>{parameters, body}</c>.</param>
/// <param name="Message">What is wrong.</param>
public sealed record OperationViolation(string Pointer, string Message);
