using System.Net;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.TestKit.Calls;

/// <summary>Allows 127.0.0.1 and nothing else.</summary>
internal sealed class LoopbackEgress : IConnectorEgress
{
    public ValueTask<ConnectorResult<IPEndPoint>> ResolveAsync(string host, int port, CancellationToken cancellationToken) =>
        new(host is "127.0.0.1" or "localhost"
            ? new IPEndPoint(IPAddress.Loopback, port)
            : Fault.Of(FaultKind.Unavailable, "egress.refused"));
}
