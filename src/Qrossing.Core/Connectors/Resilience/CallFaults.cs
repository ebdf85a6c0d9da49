using System.Collections.Frozen;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Connectors.Resilience;

/// <summary>Faults that the host itself raises, and which of them say nothing about the peer.</summary>
internal static class CallFaults
{
    private static readonly FrozenSet<string> Own = new[]
    {
        ConnectorErrors.EgressRefused.Code,
        ConnectorErrors.CircuitOpen.Code,
        ConnectorErrors.RateLimited.Code,
        ConnectorErrors.Overloaded.Code,
        ConnectorErrors.Canceled.Code,
        ConnectorErrors.FilesFull.Code,
        SecretErrors.Unreadable.Code,
        EffectErrors.SendByPassed.Code,
    }.ToFrozenSet();

    /// <summary>Refused by ourselves: repeating at once does not help, and no circuit counts it.</summary>
    public static bool IsOwn(Fault fault) => Own.Contains(fault.Code);

    /// <summary>Whether it speaks against the peer's health.</summary>
    public static bool SpeaksAgainstPeer(Fault fault) => fault.Kind is FaultKind.Unavailable or FaultKind.Indeterminate && !IsOwn(fault);

    /// <summary>Refused by the host before anything was sent.</summary>
    public static Fault NotCalled(string code, TimeSpan? retryAfter = null) =>
        new() { Kind = FaultKind.Unavailable, Code = code, RetryAfter = retryAfter };
}
