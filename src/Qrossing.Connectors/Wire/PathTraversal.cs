namespace Qrossing.Connectors.Wire;

/// <summary>Finds dot segments (RFC 3986 section 3.3), percent-encoded ones and those behind encoded slashes included: some servers decode before they route.</summary>
internal static class PathTraversal
{
    // One decoding is what a server does, a second one what a careless server behind a proxy does.
    private const int Decodings = 2;

    /// <summary>Whether a path or a part of one contains a segment <c>.</c> or <c>..</c> in any of its spellings.</summary>
    public static bool IsIn(string path)
    {
        for (var decoded = 0; decoded <= Decodings; decoded++)
        {
            if (path.Split('/', '\\').Any(segment => segment is "." or ".."))
            {
                return true;
            }

            path = Uri.UnescapeDataString(path);
        }

        return false;
    }
}
