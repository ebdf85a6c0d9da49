namespace Qrossing.Core.Audit;

/// <summary>What a look through the whole log showed.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Integrated">Leaves of the stored tree.</param>
/// <param name="Opened">Payloads that were opened and match their entry.</param>
/// <param name="Erased">Payloads that cannot be opened any more.</param>
/// <param name="Problems">A sentence for everything that is wrong, at most 100; empty when the log is sound.</param>
public sealed record AuditVerification(long Entries, long Integrated, long Opened, long Erased, IReadOnlyList<string> Problems)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Problems.Count == 0;
}
