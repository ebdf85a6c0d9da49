using System.Globalization;

namespace Qrossing.Console.Parts;

/// <summary>Spans of time for people.</summary>
internal static class Elapsed
{
    /// <summary>Two units at most: <c>3 d 4 h</c>, <c>12 min 5 s</c>, <c>42 ms</c>.</summary>
    public static string Text(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => Format($"{(int)span.TotalDays} d {span.Hours} h"),
        { TotalHours: >= 1 } => Format($"{span.Hours} h {span.Minutes} min"),
        { TotalMinutes: >= 1 } => Format($"{span.Minutes} min {span.Seconds} s"),
        { TotalSeconds: >= 1 } => Format($"{span.TotalSeconds:0.0} s"),
        _ => Format($"{Math.Max(0, span.TotalMilliseconds):0} ms"),
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
