namespace Qrossing.Simulators.Modules.Qerberos;

/// <summary>A risk assessment: the weighted mean of its factors, 0 (none) to 1, rounded to two places.</summary>
internal sealed record QerberosRisk(decimal Score, string Level, IReadOnlyList<QerberosRiskFactor> Factors)
{
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    /// <summary>The names a request may choose from.</summary>
    public static readonly string[] FactorNames = ["denials", "warnings", "operation"];

    /// <summary>
    /// Assesses from what was audited about the identity, so that equal histories give equal scores: five denials or ten warnings are the
    /// full value of their factor; administrative operations and payments add one.
    /// </summary>
    public static QerberosRisk Assess(IReadOnlyCollection<QerberosEvent> history, string? operation, IReadOnlyCollection<string>? only)
    {
        List<QerberosRiskFactor> factors =
        [
            new("denials", 0.6m, decimal.Min(1, history.Count(item => item.Verdict == "DENY") / 5m)),
            new("warnings", 0.2m, decimal.Min(1, history.Count(item => item.Verdict == "WARN") / 10m)),
        ];
        if (operation is "admin_operation" or "payment")
        {
            factors.Add(new("operation", 0.2m, operation is "payment" ? 0.5m : 0.7m));
        }

        factors.RemoveAll(factor => only?.Contains(factor.Name) == false);
        var weight = factors.Sum(factor => factor.Weight);
        var score = weight == 0 ? 0 : decimal.Round(factors.Sum(factor => factor.Weight * factor.Value) / weight, 2, MidpointRounding.AwayFromZero);
        return new QerberosRisk(score, score switch { < 0.3m => "low", < 0.6m => "medium", < 0.8m => "high", _ => "critical" }, factors);
    }
}

internal sealed record QerberosRiskFactor(string Name, decimal Weight, decimal Value);
