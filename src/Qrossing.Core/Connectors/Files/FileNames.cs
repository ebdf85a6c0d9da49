namespace Qrossing.Core.Connectors.Files;

/// <summary>The grammar of names in a connector's directory.</summary>
internal static class FileNames
{
    /// <summary>The longest name in characters.</summary>
    public const int MaxLength = 1_024;

    private const int MaxSegmentLength = 255;

    /// <summary>
    /// Checks a name: <c>/</c>-separated segments of 1 to 255 visible characters, none of them beginning with a dot
    /// (<c>.</c>, <c>..</c> and the host's own temporary files are out of reach), no backslash.
    /// </summary>
    /// <exception cref="ArgumentException">A connector's bug.</exception>
    public static string Checked(string name)
    {
        if (name.Length is 0 or > MaxLength || !name.Split('/').All(IsSegment))
        {
            throw new ArgumentException($"'{name}' is not a name in a connector's directory.", nameof(name));
        }

        return name;
    }

    private static bool IsSegment(string segment) =>
        segment.Length is > 0 and <= MaxSegmentLength
        && segment[0] != '.'
        && !segment.AsSpan().ContainsAny('\\', '\0')
        && !segment.Any(char.IsControl);
}
