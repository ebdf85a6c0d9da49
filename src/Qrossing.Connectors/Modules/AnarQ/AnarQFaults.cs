using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Modules.AnarQ.Dialects;
using Qrossing.Connectors.Wire;

namespace Qrossing.Connectors.Modules.AnarQ;

/// <summary>Modules' errors as faults; the table is in the README. The module's codes (629 were counted) go into the audit log and decide nothing.</summary>
internal static class AnarQFaults
{
    /// <summary>The connection's module has no such capability.</summary>
    public static readonly Fault Unsupported = Fault.Of(FaultKind.Invalid, "modules.unsupported");

    public static readonly Fault IdentityInvalid = Fault.Of(FaultKind.Invalid, "modules.identity_invalid");

    public static readonly Fault PathInvalid = Fault.Of(FaultKind.Invalid, "modules.path_invalid");

    public static readonly Fault HeaderInvalid = Fault.Of(FaultKind.Invalid, "modules.header_invalid");

    /// <summary>The signature covers the body as JSON, and it is none that two programs would write the same way.</summary>
    public static readonly Fault BodyNotSignable = Fault.Of(FaultKind.Invalid, "modules.body_not_signable");

    /// <summary>A success that cannot be read: it may have happened.</summary>
    public static readonly Fault ReplyUnreadable = Fault.Of(FaultKind.Indeterminate, "modules.reply_unreadable");

    /// <summary>Somebody answers, and not this module.</summary>
    public static readonly Fault WrongRoot = Fault.Of(FaultKind.Unavailable, "modules.wrong_root");

    public static Fault Unhealthy(string? status) => Fault.Of(FaultKind.Unavailable, "modules.unhealthy") with { PeerCode = status };

    public static Fault Of(PeerReply reply, NormalReply error, TimeProvider clock)
    {
        // An error envelope under a 2xx status says two things at once; which of them is true nobody knows.
        var kind = reply.IsSuccess ? FaultKind.Indeterminate : StatusMeaning.KindOf(reply.Status);
        return new Fault
        {
            Kind = kind,
            Code = reply.IsSuccess ? "modules.contradictory_reply" : CodeOf(kind, reply.Status),
            RetryAfter = reply.RetryAfter(clock),
            PeerCode = error.Code ?? reply.Status.ToString(),
            PeerText = error.Message,
            PeerRequestId = error.RequestId,
        };
    }

    private static string CodeOf(FaultKind kind, int status) => (kind, status) switch
    {
        (_, 409) => "modules.conflict",
        (FaultKind.Invalid, _) => "modules.request_invalid",
        (FaultKind.Unauthorized, _) => "modules.unauthorized",
        (FaultKind.NotFound, _) => "modules.not_found",
        (FaultKind.RateLimited, _) => "modules.rate_limited",
        (FaultKind.Rejected, _) => "modules.rejected",
        _ => "modules.outcome_unknown",
    };
}
