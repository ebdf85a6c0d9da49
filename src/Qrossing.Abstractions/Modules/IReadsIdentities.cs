using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Modules;

/// <summary>Reads identities from sQuid.</summary>
public interface IReadsIdentities
{
    /// <summary>One identity; <see cref="FaultKind.NotFound"/> when sQuid has none.</summary>
    ValueTask<ConnectorResult<SquidIdentity>> ReadIdentityAsync(string id, ConnectorCall call, CancellationToken cancellationToken);
}
