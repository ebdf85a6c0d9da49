using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Modules;

/// <summary>Carries a caller's own request to a module, as an effect.</summary>
public interface ICallsModules
{
    /// <summary>Sends the request once. No module honours an idempotency key (measured against their code), so nothing may be repeated blindly.</summary>
    [Repeats(PeerIdempotency.None)]
    ValueTask<ConnectorResult<ModuleReply>> CallModuleAsync(ModuleRequest request, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>The lookup twin where the module has one (<c>/qindex/put</c>: <c>GET /qindex/get/{key}</c>), <c>CannotTell</c> elsewhere.</summary>
    ValueTask<ConnectorResult<Lookup<ModuleReply>>> LookUpModuleCallAsync(ModuleRequest request, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>
    /// The request as <see cref="CallModuleAsync"/> would send it: for the reverse proxy, which streams. No peer is called. The body is left out unless
    /// <see cref="ModuleRoute.SignsBody"/>.
    /// </summary>
    ValueTask<ConnectorResult<PreparedModuleRequest>> PrepareModuleCallAsync(ModuleRequest request, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>Where and how the reverse proxy reaches the module. Pure.</summary>
    ModuleRoute Route { get; }
}
