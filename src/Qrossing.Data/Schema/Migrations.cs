using System.Reflection;
using DbUp.Engine;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Schema;

/// <summary>
/// The schema scripts: embedded, per engine, with the same names and numbers; forward-only. DbUp runs the missing ones, each in a
/// transaction, and keeps their names in the journal table.
/// </summary>
internal static class Migrations
{
    public const string Journal = "schema_versions";

    /// <summary>The names of all scripts of an engine in order, for example <c>0001_log.sql</c>.</summary>
    public static IReadOnlyList<string> Names(SqlEngine engine) => [.. Scripts(engine).Select(static script => script.Name)];

    /// <summary>Runs the missing scripts, up to and including <paramref name="upTo"/> (null: all). The caller has entered the migration.</summary>
    /// <exception cref="InvalidOperationException">A script failed; the ones before it stand.</exception>
    public static void Run(SqlEngine engine, string? upTo = null)
    {
        var scripts = Scripts(engine).Where(script => upTo is null || string.CompareOrdinal(script.Name, upTo) <= 0);
        var result = engine.NewUpgrade().WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere().Build().PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
        }
    }

    /// <summary>Why the schema is not the one this build knows; null when it is.</summary>
    public static async Task<string?> CheckAsync(SqlEngine engine, SqlReads reads, CancellationToken cancellationToken)
    {
        var known = Names(engine);
        var tables = await engine.ListTablesAsync(cancellationToken);
        var done = tables.Contains(Journal)
            ? await reads.AllAsync("SELECT scriptname FROM schema_versions ORDER BY scriptname", static row => row.Text(), [], cancellationToken)
            : [];
        if (done.Except(known).FirstOrDefault() is { } newer)
        {
            return $"The database was migrated by a newer version (it has {newer}).";
        }

        return known.Except(done).FirstOrDefault() is { } missing ? $"The database lacks the migration {missing}: run 'qrossing migrate'." : null;
    }

    private static IEnumerable<SqlScript> Scripts(SqlEngine engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Qrossing.Data.{(engine.Name == "sqlite" ? "Sqlite" : "PostgreSql")}.Migrations.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var reader = new StreamReader(stream);
            yield return new SqlScript(resource[prefix.Length..], reader.ReadToEnd());
        }
    }
}
