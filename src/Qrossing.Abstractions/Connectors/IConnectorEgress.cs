using System.Net;

namespace Qrossing.Abstractions.Connectors;

/// <summary>The gateway's one rule for outgoing connections, for client libraries that open their own sockets.</summary>
public interface IConnectorEgress
{
    /// <summary>An address of <paramref name="host"/> that the rule allows to connect to now; a fault <c>egress.refused</c> or <c>egress.unresolved</c> (kind <see cref="FaultKind.Unavailable"/>) otherwise.</summary>
    ValueTask<ConnectorResult<IPEndPoint>> ResolveAsync(string host, int port, CancellationToken cancellationToken);
}
