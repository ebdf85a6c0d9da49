using Qrossing.Core.Errors;

namespace Qrossing.Core.Effects;

/// <summary>Errors of the effect ledger.</summary>
public static class EffectErrors
{
    public static readonly ErrorCode NotFound = new("effects.not_found", 404, "No such effect", "Check the id; effects of other tenants are not visible.");
    public static readonly ErrorCode Ended = new("effects.ended", 409, "The effect has ended", "Nothing can be cancelled any more; read the effect for its outcome.");
    public static readonly ErrorCode NotCancelable = new("effects.not_cancelable", 409, "The effect cannot be cancelled any more", "It was sent and cannot be given up without holding up what comes after it (a transaction's nonce). Nothing changed: wait for its outcome.");
    public static readonly ErrorCode ChangedMeanwhile = new("effects.changed_meanwhile", 503, "The effect changed while it was prepared", "Nothing was sent; the gateway goes on with the effect as it is now.", Retryable: true);
    public static readonly ErrorCode Failed = new("effects.failed", 502, "The effect failed at the peer", "It certainly did not happen. Read the effect's reason, mend the cause and ask again with a new idempotency key.");
    public static readonly ErrorCode Canceled = new("effects.canceled", 409, "The effect was cancelled", "It did not happen. Ask again with a new idempotency key if it is still wanted.");
    public static readonly ErrorCode Reversed = new("effects.reversed", 409, "The effect was taken back", "It happened and was wholly taken back; the effect names the cause.");
    public static readonly ErrorCode Expired = new("effects.expired", 504, "The effect expired before it could be sent", "It was never sent. Ask again with a new idempotency key.");
    public static readonly ErrorCode Superseded = new("effects.superseded", 409, "Something else took the effect's place at the peer", "It did not happen and cannot any more; read the attempts, then ask again.");
    public static readonly ErrorCode CannotTell = new("effects.cannot_tell", 504, "The peer cannot say whether it happened", "Do not repeat it: the gateway keeps looking it up.", Retryable: true);
    public static readonly ErrorCode TakenBack = new("effects.taken_back", 409, "The world took the effect back", "Read the cause at the effect.");
    public static readonly ErrorCode Interrupted = new("effects.interrupted", 504, "The gateway stopped while the effect was being sent", "Do not repeat it: the gateway looks it up.", Retryable: true);
    public static readonly ErrorCode Restored = new("effects.restored", 504, "The effect comes from a backup", "Do not repeat it: it may have been sent after the backup was taken; the gateway looks it up.", Retryable: true);
    public static readonly ErrorCode StepFailed = new("effects.step_failed", 500, "The gateway could not go on with the effect", "This is a bug of the gateway; the effect is kept and tried again. Report it with the effect's id.");
    public static readonly ErrorCode SendByPassed = new("effects.send_by_passed", 503, "Too late to send", "Nothing was sent; the gateway tries again by itself.", Retryable: true);
    public static readonly ErrorCode Absent = new("effects.absent", 502, "The peer does not know the effect", "It was lost on the way and is not repeated by the machine because the peer could not protect it from a double. Ask again with a new idempotency key if it is still wanted.");
    public static readonly ErrorCode KeyMismatch = new("idempotency.mismatch", 422, "The idempotency key was used for another request", "Use a new key for a new request; repeat a request with exactly the same method, path, query and body.");
    public static readonly ErrorCode KeyInFlight = new("idempotency.in_flight", 409, "A request with this idempotency key is still arriving", "Wait for that request to end, then repeat with the same key.", Retryable: true);
    public static readonly ErrorCode KeyRequired = new("idempotency.required", 422, "An idempotency key is required", "Send Idempotency-Key: 1 to 255 visible ASCII characters, a new one for each intended effect.");
    public static readonly ErrorCode KeyInvalid = new("idempotency.invalid", 422, "The idempotency key is not valid", "Send 1 to 255 visible ASCII characters (0x21 to 0x7E).");
    public static readonly ErrorCode KindUnknown = new("effects.kind_unknown", 500, "The effect's kind is not installed", "An operator must start the build that recorded it.");
}
