using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Qrossing.Core.Events;

/// <summary>The types of CloudEvents attributes (specification, section 2).</summary>
internal static partial class CloudEventText
{
    private static readonly SearchValues<char> UriCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>String: no control characters (U+0000 to U+001F, U+007F to U+009F), no half surrogates, no noncharacters.</summary>
    public static bool IsAllowed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done
                || Rune.IsControl(rune)
                || (rune.Value & 0xFFFE) == 0xFFFE
                || rune.Value is >= 0xFDD0 and <= 0xFDEF)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    /// <summary>URI-reference, RFC 3986 section 4.1.</summary>
    public static bool IsUriReference(string text)
    {
        // What stands before the first colon is a scheme, unless a slash, question mark or number sign comes first.
        var end = text.AsSpan().IndexOfAny(":/?#");
        return end >= 0 && text[end] == ':' ? IsAbsoluteUri(text) : HasUriForm(text);
    }

    /// <summary>A URI with a scheme.</summary>
    public static bool IsAbsoluteUri(string text) => HasUriForm(text) && Scheme().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _);

    /// <summary>Timestamp, RFC 3339 section 5.6. Digits below a microsecond are dropped; a leap second counts as the second after it.</summary>
    public static bool TryReadTime(string text, out DateTimeOffset? time)
    {
        time = null;
        if (Timestamp().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var isLeap = match.Groups["second"].Value == "60";
        var fraction = match.Groups["fraction"].Value;
        var offset = match.Groups["offset"].Value is "Z" or "z" ? "+00:00" : match.Groups["offset"].Value;
        var normal = $"{match.Groups["date"].Value}T{match.Groups["minute"].Value}:{(isLeap ? "59" : match.Groups["second"].Value)}{offset}";
        if (!DateTimeOffset.TryParseExact(normal, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
        {
            return false;
        }

        if (isLeap && parsed.UtcDateTime is not { Hour: 23, Minute: 59 })
        {
            return false;
        }

        var microseconds = isLeap ? 1_000_000 : long.Parse(fraction.PadRight(6, '0')[..6], NumberStyles.None, CultureInfo.InvariantCulture);
        time = parsed.ToUniversalTime().AddMicroseconds(microseconds);
        return true;
    }

    private static bool HasUriForm(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(UriCharacters) >= 0 || text.AsSpan().Count('#') > 1)
        {
            return false;
        }

        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }
        }

        // Brackets stand around an IP literal only.
        return text.AsSpan().IndexOfAny('[', ']') < 0 || IpLiteral().IsMatch(text);
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9+.-]*:)?//([^/?#\[\]@]*@)?\[[0-9A-Fa-f:.]+\](:[0-9]*)?([/?#][^\[\]]*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IpLiteral();

    [GeneratedRegex(@"\A(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<minute>[0-9]{2}:[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]+))?(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Timestamp();
}
