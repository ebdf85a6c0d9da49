namespace Qrossing.Formats.Transparency;

/// <summary>Reads hashes of complete subtrees, as <see cref="CompactRange.Append"/> emitted them.</summary>
public interface IHashReader
{
    /// <summary>
    /// The hash, 32 bytes, of the subtree over the leaves from <c>index * 2^level</c> up to <c>(index + 1) * 2^level</c>, the latter excluded.
    /// Only subtrees that lie within the tree are asked for.
    /// </summary>
    byte[] Read(int level, long index);
}
