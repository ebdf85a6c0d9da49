using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects.Running;

/// <summary>Stops a connection whose peer refuses our credentials, until an operator enables it again.</summary>
public interface IPausesConnections
{
    /// <summary>Pauses; nothing happens when it is not active. Its waiting effects are woken when it is enabled.</summary>
    Task PauseAsync(TenantId tenant, string connection, string reason, CancellationToken cancellationToken);
}
