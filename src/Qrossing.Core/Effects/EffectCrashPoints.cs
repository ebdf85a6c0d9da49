namespace Qrossing.Core.Effects;

/// <summary>Where a crash sweep stops the process inside an effect.</summary>
public static class EffectCrashPoints
{
    /// <summary>The body is in the spool, the effect is not recorded.</summary>
    public const string AfterSpool = "effects.after_spool";

    /// <summary>The peer has answered a lookup; nothing of it is committed.</summary>
    public const string AfterLookup = "effects.after_lookup";

    /// <summary>A repeat of the stored call is due; its send-by is not committed.</summary>
    public const string BeforeRepeatCommit = "effects.before_repeat_commit";

    /// <summary>A repeat's send-by is committed; it has not been sent.</summary>
    public const string AfterRepeatCommit = "effects.after_repeat_commit";

    /// <summary>The effect and its idempotency key are durable; nobody was told and nothing is sent.</summary>
    public const string AfterRecorded = "effects.after_recorded";

    /// <summary>The call is prepared (a chain's nonce included); the phase is still <c>recorded</c>.</summary>
    public const string BeforeSendingCommit = "effects.before_sending_commit";

    /// <summary>The phase <c>sending</c> and <c>sendBy</c> are durable; no byte has left.</summary>
    public const string AfterSendingCommit = "effects.after_sending_commit";

    /// <summary>Bytes of a request to a peer are in the socket; no reply was read. A peer on disk (<c>cloud.local</c>) never passes here.</summary>
    public const string AfterFirstByte = "effects.after_first_byte";

    /// <summary>The peer's reply was read; nothing of it is stored.</summary>
    public const string AfterReply = "effects.after_reply";

    /// <summary>The reply, or a lookup's, is about to be judged and stored.</summary>
    public const string BeforeResultCommit = "effects.before_result_commit";

    /// <summary>The outcome is durable with its event, audit entry and stored answer; the caller was not told.</summary>
    public const string AfterResultCommit = "effects.after_result_commit";
}
