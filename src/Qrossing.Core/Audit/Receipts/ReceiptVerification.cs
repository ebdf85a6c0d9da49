namespace Qrossing.Core.Audit.Receipts;

/// <summary>What checking a receipt showed.</summary>
/// <param name="Effect">The effect's id as the receipt names it; null when it is unreadable.</param>
/// <param name="TreeSize">Leaves of the tree it is proven in; 0 when it is unreadable.</param>
/// <param name="Entries">Entries whose place in the log is proven.</param>
/// <param name="Erased">How many of them say no more what happened: their payload was erased, and nothing in it could be checked.</param>
/// <param name="Problems">A sentence for everything that is wrong; empty for a valid receipt.</param>
public sealed record ReceiptVerification(string? Effect, long TreeSize, int Entries, int Erased, IReadOnlyList<string> Problems)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsValid => Problems.Count == 0;
}
