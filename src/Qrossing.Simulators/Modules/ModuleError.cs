namespace Qrossing.Simulators.Modules;

/// <summary>A refusal before it has a shape: each module has its own envelope for it.</summary>
internal sealed record ModuleError(int Status, string Code, string Message)
{
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    public bool Retryable => Status is 408 or 429 or 500 or 502 or 503 or 504;

    public static ModuleError Validation(IReadOnlyList<Violation> violations) =>
        new(400, "VALIDATION_ERROR", "The request does not satisfy the contract.") { Violations = violations };

    /// <summary>The ecosystem's standard code of a status, for answers that no module logic produced.</summary>
    public static ModuleError Standard(int status, string message) => new(status, status switch
    {
        400 => "VALIDATION_ERROR",
        401 => "QLOCK_AUTH_FAIL",
        403 => "QONSENT_DENIED",
        404 => "NOT_FOUND",
        408 or 504 => "TIMEOUT_ERROR",
        409 => "VERSION_CONFLICT",
        413 => "PAYLOAD_TOO_LARGE",
        429 => "RATE_LIMIT_EXCEEDED",
        502 or 503 => "SERVICE_UNAVAILABLE",
        >= 500 => "INTERNAL_ERROR",
        _ => "HTTP_ERROR",
    }, message);
}
