namespace Qrossing.Abstractions.Connectors;

/// <summary>Opens the secrets that the connector's options name.</summary>
public interface IConnectorSecrets
{
    /// <summary>The secret's text. A missing variable or file, or an envelope that does not open, is a fault of kind <see cref="FaultKind.Unavailable"/> with code <c>secrets.unreadable</c>.</summary>
    ValueTask<ConnectorResult<string>> ReadAsync(SecretRef secret, CancellationToken cancellationToken);
}
