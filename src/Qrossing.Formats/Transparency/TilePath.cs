using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Qrossing.Formats.Transparency;

/// <summary>
/// The path of a tile of hashes, <c>tile/L/N[.p/W]</c>, or of a bundle of entries, <c>tile/entries/N[.p/W]</c> (c2sp.org/tlog-tiles).
/// A tile of level L has the hashes of subtrees of height 8 * L.
/// </summary>
public sealed record TilePath
{
    /// <summary>Levels of the tree that one level of tiles spans.</summary>
    public const int Height = 8;

    /// <summary>Hashes or entries of a full tile.</summary>
    public const int FullWidth = 1 << Height;

    private const int MaxLevel = 63;
    private const string Root = "tile/";
    private const string Entries = "entries";
    private const string Partial = ".p/";

    private TilePath(int? level, long index, int width)
    {
        if (level is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(level));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxLevel, nameof(level));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        Level = level;
        Index = index;
        Width = width;
    }

    /// <summary>The level of the tile, 0..63; null for a bundle of entries.</summary>
    public int? Level { get; }

    /// <summary>The number of the tile on its level, from 0.</summary>
    public long Index { get; }

    /// <summary>How many hashes or entries it has, 1..256; less than 256 for a partial tile.</summary>
    public int Width { get; }

    /// <summary>A tile of hashes.</summary>
    public static TilePath Hashes(int level, long index, int width = FullWidth) => new(level, index, width);

    /// <summary>A bundle of entries.</summary>
    public static TilePath Bundle(long index, int width = FullWidth) => new(level: null, index, width);

    /// <summary>Reads a path without leading slash, in exactly the form that <see cref="ToString"/> gives it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TilePath? path)
    {
        path = null;
        if (text is null || !text.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        var width = FullWidth;
        var whole = text[Root.Length..];
        if (whole.IndexOf(Partial, StringComparison.Ordinal) is >= 0 and var at)
        {
            if (!TryReadNumber(whole[(at + Partial.Length)..], out var partial) || partial is < 1 or >= FullWidth)
            {
                return false;
            }

            width = (int)partial;
            whole = whole[..at];
        }

        if (whole.Split('/', 2) is not [var level, var groups] || !TryReadIndex(groups, out var index))
        {
            return false;
        }

        if (level == Entries)
        {
            path = Bundle(index, width);
        }
        else if (TryReadNumber(level, out var number) && number <= MaxLevel)
        {
            path = Hashes((int)number, index, width);
        }

        // Whatever else is written differently (leading zeros, superfluous groups) shows here.
        path = path?.ToString() == text ? path : null;
        return path is not null;
    }

    /// <summary>The path: <c>tile/0/x001/x234/067</c> is tile 1234067 of level 0.</summary>
    public override string ToString()
    {
        var path = new StringBuilder(Root)
            .Append(Level is { } level ? level.ToString(CultureInfo.InvariantCulture) : Entries)
            .Append('/');
        AppendIndex(path, Index);
        return Width == FullWidth ? path.ToString() : path.Append(Partial).Append(CultureInfo.InvariantCulture, $"{Width}").ToString();
    }

    private static void AppendIndex(StringBuilder path, long index)
    {
        var digits = index.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        for (var at = 0; at < digits.Length; at += 3)
        {
            var isLast = at + 3 == digits.Length;
            path.Append(isLast ? "" : "x").Append(digits.AsSpan(at, 3)).Append(isLast ? "" : "/");
        }
    }

    private static bool TryReadIndex(string groups, out long index) =>
        TryReadNumber(groups.Replace("x", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal), out index);

    private static bool TryReadNumber(string digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
