using System.ComponentModel.DataAnnotations;

namespace Qrossing.Composition;

/// <summary>The section <c>Logging</c>. Logs go to standard error. Read once at start.</summary>
internal sealed record LogOptions
{
    /// <summary><c>console</c> (default) or <c>json</c>: one object a line.</summary>
    [AllowedValues("console", "json")]
    public string Format { get; init; } = "console";

    /// <summary>Least level of the gateway's own logs. Default <c>Information</c>.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Least level of the framework's logs. Default <c>Warning</c>.</summary>
    public LogLevel Framework { get; init; } = LogLevel.Warning;
}
