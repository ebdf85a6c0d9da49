using System.Collections.Frozen;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors.Peers;
using Qrossing.Core.Connectors.Resilience;
using Qrossing.Core.Connectors.Running;
using Qrossing.Core.Effects;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Connectors;

/// <summary>
/// The one door to connectors: no other type calls a capability. It finds the instance, runs the call through the connection's pipelines,
/// hands the connector what it may use, and says what a failure means.
/// </summary>
public sealed class ConnectorInvoker
{
    private const int CallIdBytes = 16;
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly FrozenDictionary<FaultKind, string> Results =
        Enum.GetValues<FaultKind>().ToFrozenDictionary(kind => kind, kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));

    private readonly ConnectionDirectory _directory;
    private readonly ResilienceOptions _options;
    private readonly TimeProvider _clock;

    internal ConnectorInvoker(ConnectionDirectory directory, ConnectorHost host) =>
        (_directory, _options, _clock) = (directory, host.Resilience, host.Clock);

    /// <summary>Reads from the peer. Repeated inside the call after what may pass.</summary>
    /// <param name="tenant">The owner of the connection.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="operation">A name from code: it labels metrics and has a circuit of its own.</param>
    /// <param name="call">Calls one capability method.</param>
    /// <param name="cancellationToken">Ends the call at any time.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ValueTask<ConnectorResult<T>> ReadAsync<TCapability, T>(
        TenantId tenant, string connection, string operation, Func<TCapability, ConnectorCall, CancellationToken, ValueTask<ConnectorResult<T>>> call, CancellationToken cancellationToken)
        where TCapability : class => ReadAsync(tenant, connection, operation, evenPaused: false, callId: null, call, cancellationToken);

    /// <summary>Asks the peer whether the write of an effect happened. The call carries the effect's id, as the write did: a peer may know the write by nothing else.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="operation">A name from code, as for reads.</param>
    /// <param name="call">Calls the lookup twin.</param>
    /// <param name="cancellationToken">Ends the call at any time.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ValueTask<ConnectorResult<T>> LookUpAsync<TCapability, T>(
        Effect effect, string operation, Func<TCapability, ConnectorCall, CancellationToken, ValueTask<ConnectorResult<T>>> call, CancellationToken cancellationToken)
        where TCapability : class => ReadAsync(effect.Tenant, effect.Connection, operation, evenPaused: false, effect.Id.Text, call, cancellationToken);

    /// <summary>
    /// Writes to the peer. Repeated inside the call only after what certainly did not happen and before <see cref="WriteCall.SendBy"/>.
    /// A fault of kind <see cref="FaultKind.Unavailable"/> means that no byte of a changing request left.
    /// </summary>
    /// <param name="write">The call.</param>
    /// <param name="call">Calls one capability method.</param>
    /// <param name="cancellationToken">Honoured until the first attempt starts, as fault <c>connector.canceled</c>; afterwards the call runs to its own deadline.</param>
    public async ValueTask<ConnectorResult<T>> WriteAsync<TCapability, T>(
        WriteCall write, Func<TCapability, ConnectorCall, CancellationToken, ValueTask<ConnectorResult<T>>> call, CancellationToken cancellationToken)
        where TCapability : class
    {
        if (write.Timeout < ShortestTimeout)
        {
            throw new ArgumentException($"A time-out is at least {ShortestTimeout}.", nameof(write));
        }

        if (!_directory.TryEnter<TCapability>(write.Tenant, write.Connection, evenPaused: false, out var instance, out var capability, out var refusal))
        {
            return FaultOf(refusal);
        }

        try
        {
            using var gate = new WriteGate(cancellationToken);
            var invocation = new CapabilityInvocation<TCapability, T>(instance, capability, call, write.Operation, _options, _clock)
            {
                IdempotencyKey = write.IdempotencyKey,
                Attempt = write.Attempt,
                SendBy = write.SendBy,
                SendLimit = new SendLimit(_clock, write.SendBy),
                Gate = gate,
                Limit = write.Timeout,
            };
            return invocation.Result(await RunAsync(instance, invocation, gate.Token));
        }
        finally
        {
            instance.Leave();
        }
    }

    /// <summary>Asks a pure member of a capability: no peer is called, nothing is repeated.</summary>
    /// <returns>As for calls: <c>connections.not_found</c>, <c>connections.disabled</c>, <c>connections.paused</c>, <c>connections.capability_missing</c>.</returns>
    public Result<TOut> Ask<TCapability, TOut>(TenantId tenant, string connection, Func<TCapability, TOut> ask)
        where TCapability : class
    {
        if (!_directory.TryEnter<TCapability>(tenant, connection, evenPaused: false, out var instance, out var capability, out var refusal))
        {
            return refusal;
        }

        try
        {
            return ask(capability);
        }
        finally
        {
            instance.Leave();
        }
    }

    /// <summary>Has a capability prepare what the gateway's proxy then sends itself: secrets may be read, no peer is called, nothing is repeated.</summary>
    /// <param name="tenant">The owner of the connection.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="callId">What the peer is to know the call by.</param>
    /// <param name="prepare">Calls the preparing method.</param>
    /// <param name="cancellationToken">Ends it at any time.</param>
    public async ValueTask<ConnectorResult<T>> PrepareAsync<TCapability, T>(
        TenantId tenant, string connection, string callId, Func<TCapability, ConnectorCall, CancellationToken, ValueTask<ConnectorResult<T>>> prepare, CancellationToken cancellationToken)
        where TCapability : class
    {
        if (!_directory.TryEnter<TCapability>(tenant, connection, evenPaused: false, out var instance, out var capability, out var refusal))
        {
            return FaultOf(refusal);
        }

        try
        {
            var call = instance.MakeCall(new CallEvidence(null), callId, attempt: 1, sendBy: null, _clock.GetUtcNow() + _options.AttemptTimeout);
            return await prepare(capability, call, cancellationToken);
        }
        finally
        {
            instance.Leave();
        }
    }

    /// <summary>What the gateway's proxy, which has sockets of its own, learnt of the peer.</summary>
    /// <param name="tenant">The owner of the connection.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="because">Why it could not be reached, as an error code; null when it answered.</param>
    public void Observe(TenantId tenant, string connection, string? because) => _directory.Observe(tenant, connection, because);

    internal async ValueTask<ConnectorResult<T>> ReadAsync<TCapability, T>(
        TenantId tenant, string connection, string operation, bool evenPaused, string? callId, Func<TCapability, ConnectorCall, CancellationToken, ValueTask<ConnectorResult<T>>> call, CancellationToken cancellationToken)
        where TCapability : class
    {
        if (!_directory.TryEnter<TCapability>(tenant, connection, evenPaused, out var instance, out var capability, out var refusal))
        {
            return FaultOf(refusal);
        }

        try
        {
            var invocation = new CapabilityInvocation<TCapability, T>(instance, capability, call, operation, _options, _clock)
            {
                IdempotencyKey = callId ?? RandomNumberGenerator.GetHexString(2 * CallIdBytes, lowercase: true),
            };
            var fault = await RunAsync(instance, invocation, cancellationToken);
            if (fault is not null)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return invocation.Result(fault);
        }
        finally
        {
            instance.Leave();
        }
    }

    private async ValueTask<Fault?> RunAsync(ConnectorInstance instance, Invocation invocation, CancellationToken cancellationToken)
    {
        using var span = Telemetry.Source.StartActivity($"connector {invocation.Operation}", ActivityKind.Client);
        span?.SetTag(Telemetry.ConnectorKind, instance.Record.Kind);
        span?.SetTag(Telemetry.Connection, instance.Record.Id);
        var start = _clock.GetTimestamp();
        var fault = await instance.Resilience.RunAsync(invocation, cancellationToken);
        var labels = new TagList
        {
            { Telemetry.ConnectorKind, instance.Record.Kind },
            { Telemetry.ConnectorOperation, invocation.Operation },
            { Telemetry.ConnectorResult, fault is null ? "ok" : Results[fault.Kind] },
        };
        Telemetry.ConnectorCalls.Add(1, labels);
        Telemetry.ConnectorDuration.Record(_clock.GetElapsedTime(start).TotalSeconds, labels);
        if (fault is not null)
        {
            span?.SetStatus(ActivityStatusCode.Error, fault.Code);
        }

        if (fault?.Kind == FaultKind.Unauthorized)
        {
            instance.Health.Observe(ConnectionState.Degraded, fault.Code);
        }

        return fault;
    }

    private static Fault FaultOf(Refusal refusal)
    {
        var kind = refusal.Error == ConnectorErrors.NotFound ? FaultKind.NotFound
            : refusal.Error == ConnectorErrors.CapabilityMissing ? FaultKind.Invalid
            : FaultKind.Unavailable;
        return Fault.Of(kind, refusal.Error.Code, refusal.Detail);
    }
}
