using System.Collections.Frozen;

namespace Qrossing.Simulators.Modules.Faults;

/// <summary>What goes wrong. "Applied" kinds carry the operation out durably first; the others never let it begin.</summary>
internal enum FaultKind
{
    /// <summary>Applied, then silence until the caller gives up (at most 120 s), then the connection is reset.</summary>
    AppliedThenTimeout,

    /// <summary>Applied, then the connection is reset without an answer.</summary>
    AppliedThenClose,

    /// <summary>Not applied; silence until the caller gives up (at most 120 s), then the connection is reset.</summary>
    Timeout,

    /// <summary>Not applied; the connection is reset.</summary>
    Close,

    /// <summary>Not applied; the given status in the module's own error envelope.</summary>
    Status,

    /// <summary>Applied, answered with the right status and bytes that are no JSON.</summary>
    Garbage,

    /// <summary>Applied, answered correctly after the given delay.</summary>
    Slow,

    /// <summary>Applied only after the given delay, even when the caller has given up by then; answered correctly.</summary>
    SlowBeforeApply,

    /// <summary>Applied, answered with every id in a format another module of the ecosystem uses.</summary>
    WrongIdFormat,

    /// <summary>Applied, answered with valid JSON in which none of the envelope's members is where it belongs.</summary>
    MalformedEnvelope,
}

/// <summary>The kinds' names in rule files.</summary>
internal static class FaultKinds
{
    public static readonly FrozenDictionary<string, FaultKind> ByName = new Dictionary<string, FaultKind>
    {
        ["applied_then_timeout"] = FaultKind.AppliedThenTimeout,
        ["applied_then_close"] = FaultKind.AppliedThenClose,
        ["timeout"] = FaultKind.Timeout,
        ["close"] = FaultKind.Close,
        ["status"] = FaultKind.Status,
        ["garbage"] = FaultKind.Garbage,
        ["slow"] = FaultKind.Slow,
        ["slow_before_apply"] = FaultKind.SlowBeforeApply,
        ["wrong_id_format"] = FaultKind.WrongIdFormat,
        ["malformed_envelope"] = FaultKind.MalformedEnvelope,
    }.ToFrozenDictionary();

    public static string NameOf(FaultKind kind) => ByName.First(pair => pair.Value == kind).Key;
}
