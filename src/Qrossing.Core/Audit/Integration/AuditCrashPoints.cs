namespace Qrossing.Core.Audit.Integration;

/// <summary>Crash points of the transparency log.</summary>
internal static class AuditCrashPoints
{
    /// <summary>Entries are committed and hashed, the tree over them is not stored.</summary>
    public const string BeforeIntegrate = "audit.before_integrate";
}
