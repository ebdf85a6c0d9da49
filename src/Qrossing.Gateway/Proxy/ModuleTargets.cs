using System.Collections.Concurrent;
using System.Net;
using Qrossing.Abstractions.Modules;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Proxy;

/// <summary>The targets by connection, made once per version of its options. Every socket goes through the egress rule.</summary>
internal sealed class ModuleTargets(ConnectionDirectory connections, ConnectorInvoker invoker, EgressPolicy egress) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(TenantId Tenant, string Connection), ModuleTarget> _targets = new();

    /// <summary>The target of a connection that the gate let through. Refusals: <c>connections.*</c>.</summary>
    public Result<ModuleTarget> Find(TenantId tenant, string connection)
    {
        var version = connections.FindRecord(tenant, connection)?.Version;
        if (_targets.TryGetValue((tenant, connection), out var known) && known.Version == version)
        {
            return known;
        }

        var route = invoker.Ask<ICallsModules, ModuleRoute>(tenant, connection, static module => module.Route);
        if (!route.IsSuccess)
        {
            return route.Refusal;
        }

        var handler = egress.CreateHandler(ConnectTimeout);
        handler.AutomaticDecompression = DecompressionMethods.None; // a packed reply passes as it is, with its own ETag and ranges
        var target = new ModuleTarget(version ?? 0, route.Value.BaseUrl.TrimEnd('/') + "/", new HttpMessageInvoker(new BodyObjectHandler(handler)));
        _targets[(tenant, connection)] = target;

        // The one before still serves requests that run; its sockets end with the last of them, idle ones within seconds (egress policy).
        return target;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var target in _targets.Values)
        {
            target.Client.Dispose();
        }
    }
}
