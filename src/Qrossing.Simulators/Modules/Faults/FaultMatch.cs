using Microsoft.AspNetCore.Http;

namespace Qrossing.Simulators.Modules.Faults;

/// <summary>Which requests a rule concerns; an absent criterion matches all. Every criterion given must hold.</summary>
internal sealed record FaultMatch
{
    public string? Module { get; init; }

    public string? Method { get; init; }

    /// <summary>The whole path as sent, percent-encoded, module prefix included; a trailing <c>*</c> makes it a prefix.</summary>
    public string? Path { get; init; }

    /// <summary><c>name</c> (present) or <c>name: value</c> (equal).</summary>
    public string? Header { get; init; }

    public bool Holds(string module, HttpContext context) =>
        (Module is null || Module == module)
        && (Method is null || string.Equals(Method, context.Request.Method, StringComparison.OrdinalIgnoreCase))
        && (Path is null || PathHolds(ModuleCall.RawPath(context)))
        && (Header is null || HeaderHolds(context.Request.Headers));

    private bool PathHolds(string path) => Path!.EndsWith('*')
        ? path.StartsWith(Path[..^1], StringComparison.Ordinal)
        : path == Path;

    private bool HeaderHolds(IHeaderDictionary headers)
    {
        var parts = Header!.Split(':', 2, StringSplitOptions.TrimEntries);
        return headers.TryGetValue(parts[0], out var values) && (parts.Length == 1 || values.Contains(parts[1]));
    }
}
