using System.Reflection;
using Qrossing.Core.Effects;
using Qrossing.Data;
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
            .Where(type => type.Name.EndsWith("CrashPoints", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Killed_at_a_crash_point_nothing_is_lost_or_doubled(string point)
    {
        // The writer commits often, at the start too; the others are passed once or twice per effect.
        var pass = point.StartsWith("writer.", StringComparison.Ordinal) ? 23 : 2;
        await using var scenario = await CrashScenario.StartAsync($"{point}:{pass}", await DatabaseAsync());
        await scenario.RunAsync();
        Assert.True(scenario.Kills == 1, $"{point} was passed fewer than {pass} times.\n{scenario.Gateway.AllOutput}");
        await scenario.CheckAsync();
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
