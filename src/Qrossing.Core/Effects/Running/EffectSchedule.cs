using System.Security.Cryptography;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Effects.Running;

/// <summary>When the machine acts next on an effect, or what it waits for.</summary>
internal static class EffectSchedule
{
    /// <summary>What an effect waits for while its connection does not take calls.</summary>
    public const string ConnectionPaused = "connection_paused";

    /// <summary>The connection was enabled while a call through it was refused: once more, a moment later.</summary>
    public static readonly TimeSpan AfterEnabling = TimeSpan.FromSeconds(1);

    /// <summary>The first look after an unknown outcome: the peer may still be at it.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Base = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Cap = TimeSpan.FromMinutes(5);

    /// <summary>The effect with its next action set for its state.</summary>
    public static Effect Plan(Effect effect, Evidence? evidence, EffectRules rules, DateTimeOffset now)
    {
        var (at, waitsFor) = effect.State.AtRest ? (null, null) : Next(effect, evidence, rules, now);
        return effect with { NextActionAt = at, WaitsFor = waitsFor };
    }

    private static (DateTimeOffset? At, string? WaitsFor) Next(Effect effect, Evidence? evidence, EffectRules rules, DateTimeOffset now)
    {
        switch (effect.State.Phase)
        {
            case EffectPhase.Recorded when evidence is Evidence.NotNow notNow && !effect.CancelRequested:
                // Whatever it waits for, it ends when it expires.
                return IsPaused(notNow.Fault)
                    ? (effect.ExpiresAt, ConnectionPaused)
                    : (Earlier(now + (notNow.Fault.RetryAfter ?? Backoff(effect.Tries)), effect.ExpiresAt), null);
            case EffectPhase.Recorded:
                return (now, null);
            case EffectPhase.Sending:
                return (effect.ClaimedUntil ?? now, null);
            case EffectPhase.Unknown when evidence is Evidence.Absent && effect.SendBy + rules.AbsenceHorizon is { } proofAt && proofAt > now:
                return (proofAt, null);
            case EffectPhase.Unknown:
                return (now + (effect.Tries == 0 ? FirstLook : Backoff(effect.Tries - 1)), null);
            default:
                return (now + (effect.Tries < 30 ? rules.PollInterval : Min(rules.PollInterval * 10, TimeSpan.FromMinutes(1))), null);
        }
    }

    private static bool IsPaused(Fault fault) =>
        fault.Kind == FaultKind.Unauthorized || fault.Code is "connections.paused" or "connections.disabled";

    // Half fixed, half random: waits spread out, and none is shorter than half of what the row of failures earned.
    public static TimeSpan Backoff(int tries)
    {
        var full = Min(Base * Math.Pow(2, Math.Min(tries, 20)), Cap);
        return full / 2 + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)(full.TotalMilliseconds / 2) + 1));
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
