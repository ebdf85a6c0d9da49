using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Health;

/// <summary>Errors of the health pages.</summary>
internal static class HealthErrors
{
    public static readonly ErrorCode NotReady = new("health.not_ready", 503, "The gateway cannot do its work now", "Send requests to another process, or wait; 'checks' says what is wrong.", Retryable: true);
    public static readonly ErrorCode Starting = new("health.starting", 503, "The gateway is starting", "Wait.", Retryable: true);
}
