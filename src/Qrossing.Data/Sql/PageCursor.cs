using System.Buffers.Text;
using System.Text;
using Qrossing.Core.Persistence;

namespace Qrossing.Data.Sql;

/// <summary>The opaque <c>after</c> of lists: base64url of the last row's sort key.</summary>
internal static class PageCursor
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The sort key a page starts after; null for the first page.</summary>
    /// <exception cref="FormatException">The text is not a cursor.</exception>
    public static string? Read(PageRequest page)
    {
        if (page.After is null)
        {
            return null;
        }

        try
        {
            var key = Strict.GetString(Base64Url.DecodeFromChars(page.After));
            if (key.Length > 0 && !key.Contains('\0', StringComparison.Ordinal))
            {
                return key;
            }
        }
        catch (ArgumentException exception) when (exception is DecoderFallbackException)
        {
            throw new FormatException("The page cursor is not UTF-8 text.", exception);
        }

        throw new FormatException("The page cursor is empty or not text.");
    }

    /// <summary>The same, where the sort key is a number.</summary>
    /// <exception cref="FormatException">The text is not a cursor of such a list.</exception>
    public static long? ReadNumber(PageRequest page) =>
        Read(page) is not { } key
            ? null
            : long.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new FormatException("The page cursor belongs to another list.");

    /// <summary>Cuts a list that was read one longer than the page and makes the cursor of the next page.</summary>
    public static Page<T> Cut<T>(List<T> items, PageRequest page, Func<T, string> sortKey)
    {
        if (items.Count <= page.Limit)
        {
            return new Page<T>(items, null);
        }

        items.RemoveRange(page.Limit, items.Count - page.Limit);
        return new Page<T>(items, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(sortKey(items[^1]))));
    }
}
