namespace Qrossing.Data.Writing;

/// <summary>Where the writer can be made to crash.</summary>
public static class WriterCrashPoints
{
    /// <summary>Everything of the batch is written, nothing is committed.</summary>
    public const string BeforeCommit = "writer.before_commit";

    /// <summary>The batch is durable, nobody was told.</summary>
    public const string AfterCommit = "writer.after_commit";
}
