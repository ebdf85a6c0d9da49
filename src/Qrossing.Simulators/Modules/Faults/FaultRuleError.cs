namespace Qrossing.Simulators.Modules.Faults;

/// <summary>Why a rule file is refused; <paramref name="Pointer"/> is a JSON Pointer (RFC 6901) into it.</summary>
internal sealed record FaultRuleError(string Pointer, string Message);
