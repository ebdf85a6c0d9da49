namespace Qrossing.Core.Effects;

/// <summary>Where a crash sweep stops the process inside an effect.</summary>
public static class EffectCrashPoints
{
    public const string AfterRecorded = "effects.after_recorded";
    public const string BeforeSendingCommit = "effects.before_sending_commit";
    public const string AfterSendingCommit = "effects.after_sending_commit";
    public const string AfterFirstByte = "effects.after_first_byte";
    public const string AfterReply = "effects.after_reply";
    public const string BeforeResultCommit = "effects.before_result_commit";
    public const string AfterResultCommit = "effects.after_result_commit";
}
