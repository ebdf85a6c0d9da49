using Microsoft.Extensions.Logging;

namespace Qrossing.Gateway.Problems;

/// <summary>What the HTTP front logs. Event ids 4000 to 4199. No paths with ids of persons, no bodies, no credentials.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(4000, LogLevel.Error, "A {Method} request failed unexpectedly (request {RequestId}).")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, string requestId);

    [LoggerMessage(4001, LogLevel.Warning, "A request was refused with {Code}: {Cause} (request {RequestId})")]
    public static partial void StorageRefused(ILogger logger, string cause, string code, string requestId);

    [LoggerMessage(4002, LogLevel.Error, "Refusals could not be written to the audit log; their counts are kept for the next round.")]
    public static partial void DenialsNotWritten(ILogger logger, Exception exception);

    [LoggerMessage(4003, LogLevel.Warning, "The state of the database could not be read for metrics; the next round follows.")]
    public static partial void StateNotRead(ILogger logger, Exception exception);
}
