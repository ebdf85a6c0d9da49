using Microsoft.Extensions.Logging;

namespace Qrossing.Core.Audit;

/// <summary>Log messages of this room: 3200 to 3299.</summary>
internal static partial class Log
{
    [LoggerMessage(3200, LogLevel.Error, "The database did not take a batch of the transparency log; it is read and integrated again")]
    public static partial void IntegrationFailed(ILogger logger, Exception exception);

    [LoggerMessage(3201, LogLevel.Error, "The database still takes no batch of the transparency log: {Count} more attempts failed")]
    public static partial void IntegrationStillFails(ILogger logger, int count);

    [LoggerMessage(3202, LogLevel.Information, "The transparency log is integrated again, after {Count} failed attempts")]
    public static partial void IntegrationRecovered(ILogger logger, int count);
}
