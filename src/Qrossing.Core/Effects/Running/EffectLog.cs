using Microsoft.Extensions.Logging;

namespace Qrossing.Core.Effects.Running;

/// <summary>What the ledger logs: facts, past tense. Event ids 1000 to 1099.</summary>
internal static partial class EffectLog
{
    [LoggerMessage(1000, LogLevel.Error, "Effect {EffectId} has the kind {Kind}, which is not installed; it stays as it is.")]
    public static partial void KindUnknown(ILogger logger, string effectId, string kind);

    [LoggerMessage(1001, LogLevel.Error, "The operation of effect {EffectId} ({Kind}) threw; the outcome is treated as unknown where something may have been sent.")]
    public static partial void OperationThrew(ILogger logger, Exception exception, string effectId, string kind);

    [LoggerMessage(1002, LogLevel.Warning, "The result of effect {EffectId} could not be committed yet ({Code}); it is written when the database is back.")]
    public static partial void CommitDelayed(ILogger logger, Exception exception, string effectId, string code);

    [LoggerMessage(1003, LogLevel.Error, "A round of the effect worker failed; the next one follows.")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(1004, LogLevel.Information, "{Count} effects were not at rest when the gateway started.")]
    public static partial void Resumed(ILogger logger, long count);

    [LoggerMessage(1005, LogLevel.Error, "A step of effect {EffectId} failed; it is tried again when it is due.")]
    public static partial void StepFailed(ILogger logger, Exception exception, string effectId);

    [LoggerMessage(1006, LogLevel.Information, "The gateway stopped with {Running} effects in flight; they are looked up at the next start.")]
    public static partial void Parked(ILogger logger, int running);

    [LoggerMessage(1007, LogLevel.Warning, "The database was restored from a backup at {RestoredAt}; nothing is sent before every effect that was open in it has been looked up.")]
    public static partial void RestoreFound(ILogger logger, DateTimeOffset restoredAt);

    [LoggerMessage(1008, LogLevel.Information, "Every effect that was open in the backup was looked up; sending went on.")]
    public static partial void RestoreSettled(ILogger logger);
}
