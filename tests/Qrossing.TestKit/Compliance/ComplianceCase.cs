namespace Qrossing.TestKit.Compliance;

/// <summary>One rule for one connector.</summary>
/// <param name="Kind">The connector's kind.</param>
/// <param name="Suite">The suite's name.</param>
/// <param name="Rule">The rule.</param>
/// <param name="RunAsync">Returns when the rule is kept, throws a <see cref="ComplianceException"/> otherwise.</param>
public sealed record ComplianceCase(string Kind, string Suite, string Rule, Func<CancellationToken, Task> RunAsync);
