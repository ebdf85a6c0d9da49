using System.Net;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Egress;

namespace Qrossing.Core.Connectors.Peers;

/// <summary>The egress rule as one attempt sees it: the host cannot watch a socket that a client library opens, so handing out an address counts as the first byte.</summary>
internal sealed class CallEgress(EgressPolicy policy, CallEvidence evidence) : IConnectorEgress
{
    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<IPEndPoint>> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        var resolved = await policy.ResolveAsync(host, port, cancellationToken);
        if (resolved.IsSuccess)
        {
            evidence.BeginRequest();
        }

        return resolved;
    }
}
