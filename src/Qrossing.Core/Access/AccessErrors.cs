using Qrossing.Core.Errors;

namespace Qrossing.Core.Access;

/// <summary>Errors of authentication and authorisation.</summary>
public static class AccessErrors
{
    public static readonly ErrorCode Unauthenticated = new("access.unauthenticated", 401, "A valid credential is required", "Send a valid API key as X-Api-Key or Authorization: Bearer.");
    public static readonly ErrorCode Forbidden = new("access.forbidden", 403, "The permission is missing", "Ask an administrator for a key with the permission that the detail names.");
    public static readonly ErrorCode EnvironmentMismatch = new("access.environment_mismatch", 403, "The key belongs to another environment", "Use a live key for live connections and a test key for sandbox connections.");
    public static readonly ErrorCode KeyNotFound = new("api_keys.not_found", 404, "No such API key", "Check the id; keys of other tenants are not visible.");
}
