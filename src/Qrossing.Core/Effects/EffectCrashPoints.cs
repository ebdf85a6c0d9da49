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

    public const string AfterRecorded = "effects.after_recorded";
    public const string BeforeSendingCommit = "effects.before_sending_commit";
    public const string AfterSendingCommit = "effects.after_sending_commit";
    public const string AfterFirstByte = "effects.after_first_byte";
    public const string AfterReply = "effects.after_reply";
    public const string BeforeResultCommit = "effects.before_result_commit";
    public const string AfterResultCommit = "effects.after_result_commit";
}
