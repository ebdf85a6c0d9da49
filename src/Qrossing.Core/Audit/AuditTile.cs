namespace Qrossing.Core.Audit;

/// <summary>A hash tile (C2SP tlog-tiles): 1 to 256 hashes of 32 bytes.</summary>
public sealed record AuditTile(int Level, long Index, ReadOnlyMemory<byte> Hashes)
{
    /// <summary>How many hashes it holds.</summary>
    public int Width => Hashes.Length / 32;
}
