using System.Collections.Frozen;

namespace Qrossing.Core.Errors;

/// <summary>The registered errors of this process, as <see cref="ErrorRegistry"/> collected them.</summary>
/// <param name="All">By code.</param>
public sealed record ErrorTable(FrozenDictionary<string, ErrorCode> All)
{
    /// <summary>The registered error of a code; null when there is none.</summary>
    public ErrorCode? Find(string? code) => code is not null && All.TryGetValue(code, out var error) ? error : null;
}
