using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit.Integration;

/// <summary>The growing end of the tree: its compact range, the unfinished tile of every level, and which tiles changed since they were taken.</summary>
internal sealed class TileEdge
{
    private readonly Dictionary<int, (long Index, List<byte> Hashes)> _open = [];
    private readonly Dictionary<(int Level, long Index), AuditTile> _changed = [];
    private readonly CompactRange _range;

    private TileEdge(CompactRange range) => _range = range;

    /// <summary>The number of leaves.</summary>
    public long Size => _range.Size;

    /// <summary>The unfinished tiles of a tree of this size.</summary>
    public static IReadOnlyList<(int Level, long Index)> OpenTiles(long size)
    {
        var open = new List<(int Level, long Index)>();
        for (var (level, count) = (0, size); count > 0; level++, count >>= TilePath.Height)
        {
            if ((count & (TilePath.FullWidth - 1)) != 0)
            {
                open.Add((level, count >> TilePath.Height));
            }
        }

        return open;
    }

    /// <summary>The edge of a stored tree.</summary>
    /// <param name="size">Leaves.</param>
    /// <param name="tiles">Its <see cref="OpenTiles"/>. A tile may be wider than the tree needs, never narrower.</param>
    public static TileEdge Load(long size, IReadOnlyList<AuditTile> tiles)
    {
        var edge = new TileEdge(CompactRange.Load(size, new TileHashes(tiles)));
        foreach (var tile in tiles)
        {
            var width = (int)((size >> (TilePath.Height * tile.Level)) & (TilePath.FullWidth - 1));
            edge._open[tile.Level] = (tile.Index, [.. tile.Hashes.Span[..(width * Rfc6962.HashLength)]]);
        }

        return edge;
    }

    /// <summary>Adds an entry.</summary>
    public void Append(ReadOnlySpan<byte> entry) => _range.Append(Rfc6962.LeafHash(entry), Put);

    /// <summary>The root.</summary>
    public byte[] Root() => _range.Root();

    /// <summary>Roots of the complete subtrees, the largest first.</summary>
    public byte[] Frontier()
    {
        var hashes = new TileHashes(_open.Select(tile => new AuditTile(tile.Key, tile.Value.Index, tile.Value.Hashes.ToArray())));
        return [.. MerkleTree.RootSubtrees(Size).SelectMany(subtree => hashes.Read(subtree.Level, subtree.Index))];
    }

    /// <summary>Hands out the tiles that changed since the last time, as they are now.</summary>
    public IReadOnlyList<AuditTile> TakeChanges()
    {
        foreach (var (level, (index, hashes)) in _open.Where(tile => _changed.ContainsKey((tile.Key, tile.Value.Index))).ToList())
        {
            _changed[(level, index)] = new AuditTile(level, index, hashes.ToArray());
        }

        AuditTile[] changed = [.. _changed.Values];
        _changed.Clear();
        return changed;
    }

    private void Put(Subtree subtree, byte[] hash)
    {
        if (subtree.Level % TilePath.Height != 0)
        {
            return; // computed from the tile below when it is needed
        }

        var level = subtree.Level / TilePath.Height;
        var index = subtree.Index >> TilePath.Height;
        if (!_open.TryGetValue(level, out var tile))
        {
            tile = _open[level] = (index, []);
        }

        tile.Hashes.AddRange(hash);
        var isFull = tile.Hashes.Count == TilePath.FullWidth * Rfc6962.HashLength;

        // An unfinished tile is copied when changes are taken, not for every hash.
        _changed[(level, index)] = new AuditTile(level, index, isFull ? tile.Hashes.ToArray() : ReadOnlyMemory<byte>.Empty);
        if (isFull)
        {
            _open.Remove(level);
        }
    }
}
