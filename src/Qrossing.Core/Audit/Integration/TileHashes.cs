using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit.Integration;

/// <summary>Hashes of subtrees out of tiles: a tile of level L has those of height 8 L, up to 256 side by side; heights between are computed.</summary>
internal sealed class TileHashes(IEnumerable<AuditTile> tiles) : IHashReader
{
    private readonly Dictionary<(int Level, long Index), AuditTile> _tiles = tiles.ToDictionary(tile => (tile.Level, tile.Index));

    /// <summary>The tiles that hold the hashes of these subtrees.</summary>
    public static IReadOnlyList<(int Level, long Index)> Needed(IEnumerable<Subtree> subtrees) =>
        [.. subtrees.Select(subtree => Locate(subtree.Level, subtree.Index).Tile).Distinct()];

    /// <inheritdoc/>
    public byte[] Read(int level, long index)
    {
        var (key, first, count) = Locate(level, index);
        if (!_tiles.TryGetValue(key, out var tile) || tile.Width < first + count)
        {
            throw new InvalidOperationException($"The tile {TilePath.Hashes(key.Level, key.Index)} lacks the hash {first + count - 1}.");
        }

        var row = Enumerable.Range(first, count).Select(at => tile.Hashes.Slice(at * Rfc6962.HashLength, Rfc6962.HashLength).ToArray()).ToArray();
        while (row.Length > 1)
        {
            row = [.. row.Chunk(2).Select(pair => Rfc6962.NodeHash(pair[0], pair[1]))];
        }

        return row[0];
    }

    private static ((int Level, long Index) Tile, int First, int Count) Locate(int level, long index)
    {
        var height = level % TilePath.Height;
        var first = index << height;
        return ((level / TilePath.Height, first >> TilePath.Height), (int)(first & (TilePath.FullWidth - 1)), 1 << height);
    }
}
