using Microsoft.Extensions.Logging;
using Qrossing.Data.Sql;

namespace Qrossing.Data;

/// <summary>What the data layer logs; event ids 5000 to 5099.</summary>
internal static partial class DataLog
{
    [LoggerMessage(5000, LogLevel.Error, "A batch of {Units} units was not stored ({Failure})")]
    public static partial void BatchFailed(ILogger logger, int units, SqlFailure failure, Exception exception);

    [LoggerMessage(5001, LogLevel.Warning, "The writer's rollback failed; its connection was dropped")]
    public static partial void RollbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(5002, LogLevel.Error, "The writer could not connect to the database")]
    public static partial void ConnectFailed(ILogger logger, Exception exception);

    [LoggerMessage(5003, LogLevel.Warning, "The lease on the database could not be renewed")]
    public static partial void LeaseNotRenewed(ILogger logger, Exception exception);

    [LoggerMessage(5004, LogLevel.Critical, "Another process owns the database now; this one must stop")]
    public static partial void OwnershipLost(ILogger logger);

    [LoggerMessage(5005, LogLevel.Information, "The database was opened with epoch {Epoch}")]
    public static partial void Opened(ILogger logger, long epoch);

    [LoggerMessage(5006, LogLevel.Warning, "The lease on the database could not be released and ends by itself")]
    public static partial void LeaseNotReleased(ILogger logger, Exception exception);
}
