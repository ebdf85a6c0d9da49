using System.Text.RegularExpressions;

namespace Qrossing.Tests.Architecture;

/// <summary>Every statement over a caller's data names the tenant (architecture, State and scale).</summary>
[Trait("Kind", "security")]
public sealed partial class TenantTests
{
    /// <summary>Statements over all tenants: file, the text they are known by, and why.</summary>
    private static readonly (string File, string Text, string Why)[] OfAllTenants =
    [
        ("ApiKeyStore", "WHERE public_id = $1", "a key is found before its tenant is known; public ids are unique over all"),
        ("ApiKeyStore", "SELECT 1 FROM api_keys LIMIT 1", "whether this is the very first start"),
        ("AuditStore", "WHERE leaf >= $1", "the tree is one for all; payloads stay sealed under the tenant's key"),
        ("AuditStore", "FROM audit_tree WHERE id = 1", "the tree is one for all"),
        ("AuditStore", "FROM audit_tiles WHERE", "hashes of the one tree"),
        ("AuditStore", "FROM log_head WHERE id = 1", "the log is one for all"),
        ("EventStore", "FROM log_head WHERE id = 1", "the log is one for all"),
        ("EffectStore", "WHERE next_action_at <= $1", "the worker's own look for what is due"),
        ("EffectStore", "WHERE phase = 'sending' AND claim_epoch < $2", "the worker's own look for what a lost process left"),
        ("EffectStore", "WHERE next_action_at IS NOT NULL", "the worker's own look for when it wakes"),
        ("EffectStore", "FROM effects WHERE at_rest = 0 GROUP BY", "counts for the operator's metrics"),
        ("DeliveryRows", "WHERE deliveries.status <> 'delivered'", "the end of an upsert by the whole key"),
        ("SubscriptionStore", "FROM deliveries WHERE at_rest = 0", "counts for the operator's metrics"),
        ("SubscriptionStore", "FROM deliveries WHERE status = 'dead'", "counts for the operator's metrics"),
        ("SubscriptionStore", "FROM subscriptions, log_head WHERE", "counts for the operator's metrics"),
    ];

    [Fact]
    public void Every_statement_names_the_tenant_or_is_listed_with_its_reason() =>
        Violations.None(Statements()
            .Where(statement => !statement.Text.Contains("tenant", StringComparison.OrdinalIgnoreCase)
                && !OfAllTenants.Any(listed => listed.File == statement.File.Name && statement.Line.Contains(listed.Text, StringComparison.Ordinal)))
            .Select(statement => $"{statement.File.Path}:{statement.Number}: {statement.Line.Trim()}"));

    [Fact]
    public void Nothing_is_listed_that_is_not_there() =>
        Violations.None(OfAllTenants
            .Where(listed => !Statements().Any(statement => listed.File == statement.File.Name && statement.Line.Contains(listed.Text, StringComparison.Ordinal)))
            .Select(listed => $"{listed.File}: {listed.Text} ({listed.Why})"));

    /// <summary>The lines on which a statement chooses its rows, each with what follows on the next: a condition may be continued there.</summary>
    private static IEnumerable<(SourceFile File, int Number, string Line, string Text)> Statements() =>
        from file in Codebase.Source
        where file.Path.StartsWith("src/Qrossing.Data/Stores/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where Chooses().IsMatch(line.Item)
        select (file, line.Index + 1, line.Item, line.Item + (line.Index + 1 < file.Lines.Length && !line.Item.TrimEnd().EndsWith(';') ? file.Lines[line.Index + 1] : ""));

    // Rows are chosen by WHERE, or all of them are taken; a list of columns that ends with its table is completed elsewhere.
    [GeneratedRegex(@"\bWHERE\b|\bFROM \w+ (LIMIT|ORDER BY|GROUP BY)\b|\bDELETE FROM \w+""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chooses();
}
