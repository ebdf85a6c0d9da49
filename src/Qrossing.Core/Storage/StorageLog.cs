using Microsoft.Extensions.Logging;

namespace Qrossing.Core.Storage;

/// <summary>What storage logs. Event ids 1100 to 1199.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(1100, LogLevel.Information, "{Count} spooled files were no longer needed and were deleted.")]
    public static partial void Swept(ILogger logger, int count);

    [LoggerMessage(1101, LogLevel.Warning, "A sweep of the spool failed; the next one follows.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);
}
