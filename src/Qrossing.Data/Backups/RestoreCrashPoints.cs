namespace Qrossing.Data.Backups;

/// <summary>Where a test stops a restore.</summary>
public static class RestoreCrashPoints
{
    /// <summary>Files are in place, tables are not.</summary>
    public const string BeforeLoad = "restore.before_load";

    /// <summary>Everything is in place, the mark is not removed.</summary>
    public const string AfterLoad = "restore.after_load";
}
