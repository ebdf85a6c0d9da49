using Microsoft.Extensions.Logging;

namespace Qrossing.Core.Webhooks;

/// <summary>Log messages of this room and of the delivery engine: 3100 to 3199.</summary>
internal static partial class Log
{
    [LoggerMessage(3100, LogLevel.Error, "The lane of subscription {Subscription} failed and begins again from what is stored")]
    public static partial void LaneFailed(ILogger logger, Exception exception, string subscription);

    [LoggerMessage(3103, LogLevel.Error, "The lane of subscription {Subscription} still fails: {Count} more attempts")]
    public static partial void LaneStillFails(ILogger logger, string subscription, int count);

    [LoggerMessage(3104, LogLevel.Information, "The lane of subscription {Subscription} runs again, after {Count} failures")]
    public static partial void LaneRecovered(ILogger logger, string subscription, int count);

    [LoggerMessage(3101, LogLevel.Warning, "Delivery {Delivery} of subscription {Subscription} was given up after {Attempts} attempts: {Reason}")]
    public static partial void DeadLettered(ILogger logger, string delivery, string subscription, int attempts, string? reason);

    [LoggerMessage(3102, LogLevel.Warning, "Subscription {Subscription} was disabled: {Reason}")]
    public static partial void SubscriptionDisabled(ILogger logger, string subscription, string reason);
}
