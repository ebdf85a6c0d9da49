using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Qrossing.Formats.Transparency;

/// <summary>The state of a log (c2sp.org/tlog-checkpoint): the text that its signed note carries.</summary>
public sealed record Checkpoint
{
    /// <summary>A checkpoint of a log's origin (one line), size and root hash (32 bytes).</summary>
    public Checkpoint(string origin, long size, byte[] root)
    {
        if (origin.Length == 0 || origin.Contains('\n', StringComparison.Ordinal))
        {
            throw new ArgumentException("An origin is one line.", nameof(origin));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(root.Length, Rfc6962.HashLength, nameof(root));
        Origin = origin;
        Size = size;
        Root = root;
    }

    /// <summary>The unique name of the log, which is also the name of its key.</summary>
    public string Origin { get; }

    /// <summary>The number of leaves.</summary>
    public long Size { get; }

    /// <summary>The root hash of the tree of that size, 32 bytes.</summary>
    public byte[] Root { get; }

    /// <summary>Lines after the root hash, none of them empty. Their meaning depends on the log.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Reads the text of a note. False when a line is missing or empty, or size or root are not in canonical form.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (text?.Split('\n') is not [var origin, var size, var root, .. var extensions, ""])
        {
            return false;
        }

        var hash = new byte[Rfc6962.HashLength];
        if (origin.Length == 0
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count.ToString(CultureInfo.InvariantCulture) != size
            || !Base64Text.TryDecode(root, hash.AsSpan())
            || extensions.Any(line => line.Length == 0))
        {
            return false;
        }

        checkpoint = new Checkpoint(origin, count, hash) { Extensions = extensions };
        return true;
    }

    /// <summary>The text, which ends with a line feed.</summary>
    public override string ToString() =>
        string.Concat(new[] { Origin, Size.ToString(CultureInfo.InvariantCulture), Convert.ToBase64String(Root) }.Concat(Extensions).Select(line => line + "\n"));
}
