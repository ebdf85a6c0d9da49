using Qrossing.Core.Errors;

namespace Qrossing.Core.Secrets;

/// <summary>Errors of secrets.</summary>
public static class SecretErrors
{
    public static readonly ErrorCode Unreadable = new("secrets.unreadable", 503, "A secret cannot be read", "An operator must provide the variable or file that the connection names, or set the secret again.", Retryable: true);
}
