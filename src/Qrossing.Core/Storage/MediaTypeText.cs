using System.Text.RegularExpressions;

namespace Qrossing.Core.Storage;

/// <summary>Media types as they are kept with objects and given out again as a header (RFC 9110 section 8.3.1).</summary>
public static partial class MediaTypeText
{
    /// <summary>What is said of content without one.</summary>
    public const string OctetStream = "application/octet-stream";

    /// <summary>The most characters.</summary>
    public const int Longest = 255;

    /// <summary>Whether a text is a media type of at most 255 characters, in visible ASCII and spaces.</summary>
    public static bool Fits(string text) => text.Length <= Longest && Grammar().IsMatch(text);

    // type "/" subtype, then parameters of a token or a quoted string (section 5.6.4, without tabs and what is not ASCII).
    [GeneratedRegex(
        """\A[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+( *; *([!#$%&'*+.^_`|~0-9A-Za-z-]+=([!#$%&'*+.^_`|~0-9A-Za-z-]+|"([ !#-\[\]-~]|\\[ -~])*"))?)*\z""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Grammar();
}
