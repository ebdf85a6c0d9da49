namespace Qrossing.Commands;

/// <summary>The HTTP client of verbs that call a gateway.</summary>
internal static class LocalHttp
{
    /// <summary>Makes a client. What goes to this machine goes there directly: a proxy of the environment would be shown the API key.</summary>
    public static HttpClient Create(Uri? url, TimeSpan timeout) =>
        new(new SocketsHttpHandler { UseProxy = url is { IsLoopback: false } }) { BaseAddress = url, Timeout = timeout };
}
