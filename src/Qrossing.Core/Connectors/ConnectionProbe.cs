using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors.Running;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Connectors;

/// <summary>Asks peers whether they are there and the right ones, and keeps the answer with the connection.</summary>
public sealed class ConnectionProbe(ConnectionDirectory directory, ConnectorInvoker invoker, TimeProvider clock, ILogger<ConnectionProbe> log)
{
    private const string Operation = "probe";

    /// <summary>Tests a connection now; a paused one too, since that is what a person does before enabling it.</summary>
    /// <returns><c>connections.not_found</c>, <c>connections.disabled</c>, <c>connections.capability_missing</c> for a kind without a probe.</returns>
    public async Task<Result<ConnectionTest>> TestAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        if (!directory.TryEnter<IProbes>(tenant, id, evenPaused: true, out var instance, out _, out var refusal))
        {
            return refusal;
        }

        try
        {
            var start = clock.GetTimestamp();
            var result = await ProbeAsync(instance, cancellationToken);
            return new ConnectionTest(instance.View(), result.Value, result.Fault, clock.GetElapsedTime(start));
        }
        finally
        {
            instance.Leave();
        }
    }

    /// <summary>Probes an instance and notes what it found.</summary>
    internal async ValueTask<ConnectorResult<PeerHealth>> ProbeAsync(ConnectorInstance instance, CancellationToken cancellationToken)
    {
        var record = instance.Record;
        var result = await invoker.ReadAsync<IProbes, PeerHealth>(
            record.Tenant, record.Id, Operation, evenPaused: true, effect: null, static (probe, call, token) => probe.ProbeAsync(call, token), cancellationToken);
        var (state, because) = result.Fault switch
        {
            null => (ConnectionState.Ready, (string?)null),
            { Kind: FaultKind.Unavailable or FaultKind.Indeterminate or FaultKind.RateLimited } fault => (ConnectionState.Unreachable, fault.Code),
            var fault => (ConnectionState.Degraded, fault.Code),
        };
        if (instance.Health.Observe(state, because))
        {
            Log.HealthChanged(log, record.Id, record.Tenant.Text, state.ToString(), because ?? "the probe succeeded");
        }

        return result;
    }
}
