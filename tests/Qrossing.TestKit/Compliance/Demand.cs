using System.Diagnostics.CodeAnalysis;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.TestKit.Compliance;

/// <summary>What the suites ask. Independent of any test framework, so that authors may use theirs.</summary>
internal static class Demand
{
    public static void That([DoesNotReturnIf(false)] bool holds, string rule)
    {
        if (!holds)
        {
            throw new ComplianceException(rule);
        }
    }

    /// <summary>No finding, or all of them in one message.</summary>
    public static void None(IEnumerable<string> findings, string rule)
    {
        var all = findings.ToList();
        That(all.Count == 0, $"{rule}: {string.Join("; ", all)}");
    }

    public static T Success<T>(ConnectorResult<T> result)
    {
        That(result.IsSuccess, $"A success was due, not {Text(result.Fault)}.");
        return result.Value;
    }

    public static Fault Fault<T>(ConnectorResult<T> result, params ReadOnlySpan<FaultKind> kinds)
    {
        That(!result.IsSuccess, $"A fault of kind {string.Join(" or ", kinds.ToArray())} was due, not a success.");
        That(kinds.Contains(result.Fault.Kind), $"A fault of kind {string.Join(" or ", kinds.ToArray())} was due, not {Text(result.Fault)}.");
        That(IsCode(result.Fault.Code), $"The code '{result.Fault.Code}' is not area.reason.");
        return result.Fault;
    }

    private static bool IsCode(string code) =>
        code.Split('.') is [{ Length: > 0 } area, { Length: > 0 } reason] && (area + reason).All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '_');

    private static string Text(Fault? fault) => fault is null ? "nothing" : $"{fault.Kind} {fault.Code} ({fault.PeerCode}: {fault.PeerText})";
}
