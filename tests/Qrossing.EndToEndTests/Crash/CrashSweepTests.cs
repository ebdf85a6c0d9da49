using System.Globalization;
using System.Reflection;
using Qrossing.Core.Effects;
using Qrossing.Data;
using Qrossing.Data.Backups;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.EndToEndTests.Crash;

/// <summary>
/// The real process kills itself (SIGKILL) at every crash point, on both engines, against the module simulator and a subscriber that count what really
/// happened; then the invariants of effects.md are checked.
/// </summary>
[Trait("Kind", "e2e")]
public abstract class CrashSweepTests
{
    /// <summary>Every constant of every <c>*CrashPoints</c> class: a new path joins the sweep by declaring its point.</summary>
    public static TheoryData<string> Points { get; } =
        [.. new[] { typeof(EffectCrashPoints).Assembly, typeof(DataOptions).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("CrashPoints", StringComparison.Ordinal) && type != typeof(RestoreCrashPoints)) // a verb of its own: RestoreTests
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Killed_at_a_crash_point_nothing_is_lost_or_doubled(string point)
    {
        foreach (var pass in PassesOf(point))
        {
            await using var scenario = await CrashScenario.StartAsync($"{point}:{pass}", await DatabaseAsync());
            await scenario.RunAsync();
            Assert.True(scenario.Kills == 1, $"{point} was passed fewer than {pass} times.\n{scenario.Gateway.AllOutput}");
            await scenario.CheckAsync();
        }
    }

    /// <summary>The writer commits often, at the start too; what follows an unknown outcome is passed once; the others once or twice per effect. <c>eng/soak</c> names more.</summary>
    private static IEnumerable<int> PassesOf(string point)
    {
        if (Environment.GetEnvironmentVariable("SWEEP_PASSES") is { Length: > 0 } passes)
        {
            return passes.Split(',').Select(pass => int.Parse(pass, CultureInfo.InvariantCulture));
        }

        return [point.StartsWith("writer.", StringComparison.Ordinal) ? 23 : point is EffectCrashPoints.BeforeRepeatCommit or EffectCrashPoints.AfterRepeatCommit ? 1 : 2];
    }

    /// <summary>A connection string, or null for embedded SQLite.</summary>
    protected abstract Task<string?> DatabaseAsync();
}

/// <summary>On embedded SQLite.</summary>
public sealed class SqliteCrashSweepTests : CrashSweepTests
{
    /// <inheritdoc/>
    protected override Task<string?> DatabaseAsync() => Task.FromResult<string?>(null);
}

/// <summary>On a real PostgreSQL.</summary>
[Trait("Needs", "postgres")]
public sealed class PostgreSqlCrashSweepTests(CounterpartHost counterparts) : CrashSweepTests
{
    /// <inheritdoc/>
    protected override async Task<string?> DatabaseAsync()
    {
        var server = await counterparts.PostgreSqlAsync();
        var database = await server.CreateDatabaseAsync();
        await Migration.RunAsync(database.ConnectionString);
        return database.ConnectionString;
    }
}
