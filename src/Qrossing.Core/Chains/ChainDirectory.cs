using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Chains;

/// <summary>Which connection serves a chain, and reads through it.</summary>
public sealed class ChainDirectory(ConnectionDirectory connections, ConnectorInvoker invoker, ConnectionGate gate)
{
    /// <summary>The connection of a chain; null without one. With several, the first by id.</summary>
    public string? Find(TenantId tenant, ChainId chain) =>
        List(tenant).Where(entry => entry.Chain == chain).Select(entry => entry.Connection).FirstOrDefault();

    /// <summary>The chains that have a connection.</summary>
    public IReadOnlyList<(ChainId Chain, string Connection)> List(TenantId tenant) =>
        [.. connections.WithCapability<IReadsChain>(tenant)
            .OrderBy(connection => connection.Id, StringComparer.Ordinal)
            .Select(connection => (invoker.Ask<IReadsChain, string>(tenant, connection.Id, chain => chain.Chain), connection.Id))
            .Where(entry => entry.Item1.IsSuccess)
            .Select(entry => (ChainId.TryParse(entry.Item1.Value, out var chain) ? chain : default, entry.Id))];

    /// <summary>A read of a chain for a caller. Refusals: <c>chains.unknown</c>, <c>connections.*</c>, and what the peer's fault means.</summary>
    public async Task<Result<T>> ReadAsync<T>(
        RequestContext context,
        ChainId chain,
        string operation,
        Func<IReadsChain, ConnectorCall, CancellationToken, ValueTask<ConnectorResult<T>>> read,
        CancellationToken cancellationToken)
    {
        if (Find(context.Caller.Tenant, chain) is not { } connection)
        {
            return new Refusal(ChainErrors.ChainUnknown, $"There is no connection for chain {chain}.");
        }

        if (gate.Check<IReadsChain>(context.Caller, connection) is { } closed)
        {
            return closed;
        }

        var result = await invoker.ReadAsync(context.Caller.Tenant, connection, operation, read, cancellationToken);
        return result.IsSuccess ? result.Value : gate.RefusalOf(result.Fault, connection);
    }
}
