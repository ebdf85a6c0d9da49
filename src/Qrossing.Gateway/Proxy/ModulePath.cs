namespace Qrossing.Gateway.Proxy;

/// <summary>Whether a path stays below the module's prefix, however its server reads it.</summary>
internal static class ModulePath
{
    // One decoding is what a server does, a second one what a careless server behind a proxy does.
    private const int Decodings = 2;

    /// <summary>Whether it has a dot segment (RFC 3986 section 3.3), percent-encoded ones, those with parameters and those behind encoded slashes included.</summary>
    public static bool Climbs(string path)
    {
        for (var decoded = 0; decoded <= Decodings; decoded++)
        {
            if (path.Split('/', '\\').Any(static segment => segment.Split(';')[0] is "." or ".."))
            {
                return true;
            }

            path = Uri.UnescapeDataString(path);
        }

        return false;
    }
}
