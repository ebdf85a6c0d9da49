using System.Collections.Concurrent;
using System.Collections.Frozen;
using Qrossing.Abstractions.Http;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Http;

/// <summary>The operations of each connection, described once per version of its options: a large document has hundreds.</summary>
internal sealed class OperationDirectory(ConnectionDirectory connections, ConnectorInvoker invoker)
{
    private readonly ConcurrentDictionary<(TenantId Tenant, string Connection), Known> _known = new();

    /// <summary>The operations by id. Refusals: <c>connections.*</c>.</summary>
    public Result<FrozenDictionary<string, OperationDescription>> List(TenantId tenant, string connection)
    {
        var version = connections.FindRecord(tenant, connection)?.Version;
        if (_known.TryGetValue((tenant, connection), out var known) && known.Version == version)
        {
            return known.Operations;
        }

        var described = invoker.Ask<ICallsOperations, IReadOnlyList<OperationDescription>>(tenant, connection, api => api.DescribeOperations());
        if (!described.IsSuccess)
        {
            return described.Refusal;
        }

        var operations = described.Value.ToFrozenDictionary(operation => operation.OperationId, StringComparer.Ordinal);
        if (version is { } current)
        {
            _known[(tenant, connection)] = new Known(current, operations);
        }

        return operations;
    }

    private sealed record Known(long Version, FrozenDictionary<string, OperationDescription> Operations);
}
