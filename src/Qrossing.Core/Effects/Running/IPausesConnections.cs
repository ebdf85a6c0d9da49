using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects.Running;

/// <summary>Stops a connection whose peer refuses our credentials, until an operator enables it again.</summary>
public interface IPausesConnections
{
    /// <summary>Pauses; nothing happens when it is not active. Its waiting effects are woken when it is enabled.</summary>
    Task PauseAsync(TenantId tenant, string connection, string reason, CancellationToken cancellationToken);

    /// <summary>Whether the connection takes calls: not paused, not disabled, not gone.</summary>
    bool IsActive(TenantId tenant, string connection);

    /// <summary>As <see cref="IsActive(TenantId, string)"/>, as this unit sees it.</summary>
    bool IsActive(IWriteSession session, TenantId tenant, string connection);
}
