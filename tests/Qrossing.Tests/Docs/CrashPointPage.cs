using System.Reflection;
using Qrossing.Core.Persistence;
using Qrossing.Data;
using Qrossing.Gateway;

namespace Qrossing.Tests.Docs;

/// <summary><c>docs/crash-points.md</c>: where a crash sweep can stop the process.</summary>
internal static class CrashPointPage
{
    // One assembly for each project that could hold a class *CrashPoints.
    private static readonly Assembly[] Assemblies =
        [typeof(CrashPoint).Assembly, typeof(DataOptions).Assembly, typeof(GatewayOptions).Assembly, typeof(Qrossing.Composition.QrossingOptions).Assembly];

    /// <summary>Every constant: its text, its comment, its room.</summary>
    public static IReadOnlyList<(string Point, string Comment, string Room)> All { get; } =
    [
        .. from assembly in Assemblies
           from type in assembly.GetTypes()
           where type.Name.EndsWith("CrashPoints", StringComparison.Ordinal)
           from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
           where field is { IsLiteral: true } && field.FieldType == typeof(string)
           let point = (string)field.GetRawConstantValue()!
           orderby point
           select (point, DocComments.Of(field), RoomOf(type.Namespace!)),
    ];

    public static GeneratedPage Make()
    {
        var page = new Markdown("Crash points", "the classes `*CrashPoints` in `src/`");
        page.Line("Instructions at which the process kills itself (SIGKILL) when `QROSSING_CRASH_AT=<point>[:n]` names them; `n` is the n-th pass, default 1. Without the variable a pass costs one null check.")
            .Line("For tests only. The crash sweep (`tests/Qrossing.EndToEndTests/Crash`) hits every one of them on both engines, restarts, and checks that nothing was lost or doubled.")
            .Line()
            .Table(
                ["Point", "The state when it dies there", "Room"],
                All.Select(point => new[] { Markdown.Code(point.Point), point.Comment, Markdown.Code(point.Room) }));
        return new GeneratedPage("docs/crash-points.md", page.ToString());
    }

    // Qrossing.Core.Audit.Integration is the folder src/Qrossing.Core/Audit/Integration (an architecture test holds that).
    private static string RoomOf(string name)
    {
        var parts = name.Split('.');
        return $"src/{parts[0]}.{parts[1]}/{string.Join('/', parts[2..])}";
    }
}
