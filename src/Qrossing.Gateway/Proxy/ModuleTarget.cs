using Microsoft.AspNetCore.Http;

namespace Qrossing.Gateway.Proxy;

/// <summary>Where requests for one version of a module's connection go.</summary>
/// <param name="Version">The connection's version it was made from.</param>
/// <param name="Prefix">Scheme, host, port and path prefix, as YARP takes it: with a trailing slash.</param>
/// <param name="Client">Sends; owns its connections.</param>
internal sealed record ModuleTarget(long Version, string Prefix, HttpMessageInvoker Client)
{
    /// <summary>The path that every request of this kind starts with.</summary>
    public static readonly PathString Root = new("/m");
}
