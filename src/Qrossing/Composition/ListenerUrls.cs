namespace Qrossing.Composition;

/// <summary>Checks where the gateway is told to listen, before the server stumbles over it.</summary>
internal static class ListenerUrls
{
    /// <summary>Names the listeners.</summary>
    public const string Variable = "ASPNETCORE_URLS";

    /// <summary>What is wrong with a list of URLs; empty when it can be listened on.</summary>
    public static IEnumerable<string> Failures(string? urls) =>
        (urls ?? string.Empty).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Failure).OfType<string>();

    private static string? Failure(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme == Uri.UriSchemeHttps ? $"{Variable}: '{url}' is https; the gateway speaks http, TLS ends in front of it."
                : address.Scheme != Uri.UriSchemeHttp ? $"{Variable}: '{url}' is not an http URL."
                : address.PathBase.Length > 0 ? $"{Variable}: '{url}' has a path; the gateway answers at the root."
                : address.Port is < 0 or > ushort.MaxValue ? $"{Variable}: '{url}' has no port that exists."
                : null;
        }
        catch (FormatException)
        {
            return $"{Variable}: '{url}' is not http://address:port.";
        }
    }
}
