using System.Collections.Concurrent;
using System.Net;
using Qrossing.Abstractions.Modules;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Proxy;

/// <summary>The targets by connection, made once per state of it. Every socket goes through the egress rule.</summary>
internal sealed class ModuleTargets(ConnectionDirectory connections, ConnectorInvoker invoker, EgressPolicy egress) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(TenantId Tenant, string Connection), ModuleTarget> _targets = new();

    /// <summary>Enters the target of a connection that the gate let through; whoever gets it leaves it. Refusals: <c>connections.*</c>.</summary>
    public Result<ModuleTarget> Enter(ConnectionRecord record)
    {
        var key = (record.Tenant, record.Id);
        while (true)
        {
            _targets.TryGetValue(key, out var known);
            if (known is not null && ReferenceEquals(known.Record, record) && known.TryEnter())
            {
                return known;
            }

            var route = invoker.Ask<ICallsModules, ModuleRoute>(record.Tenant, record.Id, static module => module.Route);
            if (!route.IsSuccess)
            {
                return route.Refusal;
            }

            var made = new ModuleTarget(record, route.Value.BaseUrl.TrimEnd('/') + "/", route.Value.SignsBody, new HttpMessageInvoker(CreateHandler(egress)));
            made.TryEnter();
            if (known is null ? _targets.TryAdd(key, made) : _targets.TryUpdate(key, made, known))
            {
                known?.Leave();
                Sweep();
                return made;
            }

            made.Leave();
            made.Leave();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _targets.Keys)
        {
            Evict(key);
        }
    }

    /// <summary>What answers passes as it is, compressed or not: the caller said what it takes.</summary>
    internal static HttpMessageHandler CreateHandler(EgressPolicy egress)
    {
        var sockets = egress.CreateHandler(ConnectTimeout);
        sockets.AutomaticDecompression = DecompressionMethods.None;
        return new BodyObjectHandler(sockets);
    }

    // Connections that were deleted leave their target behind; it goes when the next one is made.
    private void Sweep()
    {
        foreach (var (key, target) in _targets)
        {
            if (!ReferenceEquals(connections.FindRecord(key.Tenant, key.Connection), target.Record))
            {
                Evict(key);
            }
        }
    }

    private void Evict((TenantId Tenant, string Connection) key)
    {
        if (_targets.TryRemove(key, out var target))
        {
            target.Leave();
        }
    }
}
