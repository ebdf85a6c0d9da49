using System.Globalization;

namespace Qrossing.Gateway.Rest.Storage;

/// <summary>What a <c>Range</c> header asks of a representation (RFC 9110 section 14).</summary>
/// <param name="Kind">Whether to answer all, a part, or 416.</param>
/// <param name="Offset">First byte of the part.</param>
/// <param name="Length">Bytes of the part.</param>
internal readonly record struct ByteRange(ByteRangeKind Kind, long Offset, long Length)
{
    private const string Unit = "bytes=";

    /// <summary>
    /// Reads the header. Other units, more than one range and what cannot be read are ignored (section 14.2 allows it): the whole is answered.
    /// </summary>
    public static ByteRange Read(string? header, long size)
    {
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            return All(size);
        }

        var range = header.AsSpan(Unit.Length).Trim();
        var dash = range.IndexOf('-');
        if (dash < 0 || range.Contains(','))
        {
            return All(size);
        }

        var first = range[..dash].Trim();
        var last = range[(dash + 1)..].Trim();
        if (first.IsEmpty)
        {
            return TryNumber(last, out var suffix) ? Part(size, Math.Max(0, size - suffix), size - 1, isEmpty: suffix == 0) : All(size);
        }

        if (!TryNumber(first, out var from))
        {
            return All(size);
        }

        if (last.IsEmpty)
        {
            return Part(size, from, size - 1);
        }

        return TryNumber(last, out var to) && from <= to ? Part(size, from, Math.Min(to, size - 1)) : All(size);
    }

    private static ByteRange All(long size) => new(ByteRangeKind.All, 0, size);

    private static ByteRange Part(long size, long from, long to, bool isEmpty = false) =>
        isEmpty || from >= size ? new ByteRange(ByteRangeKind.Unsatisfiable, 0, 0) : new ByteRange(ByteRangeKind.Part, from, to - from + 1);

    // Digits beyond 64 bits name a byte that no object has.
    private static bool TryNumber(ReadOnlySpan<char> text, out long number)
    {
        number = long.MaxValue;
        return !text.IsEmpty
            && text.IndexOfAnyExceptInRange('0', '9') < 0
            && (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) || (number = long.MaxValue) > 0);
    }
}
