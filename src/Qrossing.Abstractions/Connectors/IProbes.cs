namespace Qrossing.Abstractions.Connectors;

/// <summary>Answers whether the peer is there and is the right one (chain id, account, version).</summary>
public interface IProbes
{
    /// <summary>A harmless read at the peer; a fault says what is wrong.</summary>
    ValueTask<ConnectorResult<PeerHealth>> ProbeAsync(ConnectorCall call, CancellationToken cancellationToken);
}
