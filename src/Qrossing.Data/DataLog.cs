using Microsoft.Extensions.Logging;
using Qrossing.Data.Sql;

namespace Qrossing.Data;

/// <summary>What the data layer logs; event ids 2000 to 2099.</summary>
internal static partial class DataLog
{
    [LoggerMessage(2000, LogLevel.Error, "A batch of {Units} units was not stored ({Failure})")]
    public static partial void BatchFailed(ILogger logger, int units, SqlFailure failure, Exception exception);

    [LoggerMessage(2001, LogLevel.Warning, "The writer's rollback failed; its connection was dropped")]
    public static partial void RollbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(2002, LogLevel.Error, "The writer could not connect to the database")]
    public static partial void ConnectFailed(ILogger logger, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "The lease on the database could not be renewed")]
    public static partial void LeaseNotRenewed(ILogger logger, Exception exception);

    [LoggerMessage(2004, LogLevel.Critical, "Another process owns the database now; this one must stop")]
    public static partial void OwnershipLost(ILogger logger);

    [LoggerMessage(2005, LogLevel.Information, "The database was opened with epoch {Epoch}")]
    public static partial void Opened(ILogger logger, long epoch);

    [LoggerMessage(2006, LogLevel.Warning, "The lease on the database could not be released and ends by itself")]
    public static partial void LeaseNotReleased(ILogger logger, Exception exception);
}
