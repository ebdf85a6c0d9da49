using Qrossing.Core.Errors;

namespace Qrossing.Core.Modules;

/// <summary>Errors of calls to AnarQ&amp;Q modules.</summary>
public static class ModuleErrors
{
    public static readonly ErrorCode OutcomeUnknown = new("modules.outcome_unknown", 504, "The module's reply was lost", "The request may have taken effect. Look before repeating it, or send it with an Idempotency-Key, so that the gateway records and probes it.");
    public static readonly ErrorCode Unreachable = new("modules.unreachable", 503, "The module cannot be reached", "Nothing was sent; repeat the request later.", Retryable: true);
    public static readonly ErrorCode NoReply = new("modules.no_reply", 502, "The module did not answer", "It was a read; repeat it.", Retryable: true);
    public static readonly ErrorCode WrongRoot = new("modules.wrong_root", 502, "No module answers at the connection's base URL", "GET {baseUrl}{prefix}/health must be the health of this one module: give its own root, for example http://127.0.0.1:5791/qindex, not that of the host it shares with others.");
    public static readonly ErrorCode Unhealthy = new("modules.unhealthy", 503, "The module says that it is not healthy", "Look at the module; the gateway tries again by itself.", Retryable: true);
    public static readonly ErrorCode Rejected = new("modules.rejected", 502, "The module refused the request", "The status is the module's own; 'moduleCode' and 'moduleReply' carry what it said.");
    public static readonly ErrorCode NotSendable = new("modules.not_sendable", 422, "The request cannot be passed on", "The detail names why: a path that leaves the module, a header that is no visible ASCII, an identity without a spelling there, or a body that must be signed and is no JSON.");
}
