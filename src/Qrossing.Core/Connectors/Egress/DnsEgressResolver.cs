using System.Net;
using System.Net.Sockets;

namespace Qrossing.Core.Connectors.Egress;

/// <summary>The operating system's resolver.</summary>
internal sealed class DnsEgressResolver : IEgressResolver
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            return []; // no such name, or no name server: both mean that nothing can be called
        }
        catch (ArgumentException)
        {
            return []; // longer than a name may be
        }
    }
}
