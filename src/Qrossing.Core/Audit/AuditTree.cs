namespace Qrossing.Core.Audit;

/// <summary>The Merkle tree up to where it was integrated.</summary>
/// <param name="Size">Leaves.</param>
/// <param name="Frontier">Roots of the complete subtrees from large to small, 32 bytes each.</param>
/// <param name="Checkpoint">The signed note over this size.</param>
public sealed record AuditTree(long Size, ReadOnlyMemory<byte> Frontier, string Checkpoint)
{
    /// <summary>The tree without leaves.</summary>
    public static readonly AuditTree Empty = new(0, ReadOnlyMemory<byte>.Empty, string.Empty);
}
