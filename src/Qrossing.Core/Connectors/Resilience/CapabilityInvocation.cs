using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Running;

namespace Qrossing.Core.Connectors.Resilience;

/// <summary>An invocation of one capability method.</summary>
internal sealed class CapabilityInvocation<TCapability, T>(
    ConnectorInstance instance,
    TCapability capability,
    Func<TCapability, ConnectorCall, CancellationToken, ValueTask<ConnectorResult<T>>> method,
    string operation,
    ResilienceOptions options,
    TimeProvider clock)
    : Invocation(instance, operation, options, clock)
    where TCapability : class
{
    private ConnectorResult<T> _last;

    /// <summary>The peer's key for the call.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The attempt of the effect.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>A write's send-by as its connector sees it.</summary>
    public DateTimeOffset? SendBy { get; init; }

    /// <summary>For a lookup: when its effect was recorded.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>What the call came to.</summary>
    public ConnectorResult<T> Result(Fault? fault) => fault is null ? _last : ConnectorResult<T>.Failure(fault);

    /// <inheritdoc/>
    protected override async ValueTask<Fault?> CallAsync(CancellationToken cancellationToken)
    {
        var call = Instance.MakeCall(Evidence, IdempotencyKey, Attempt, SendBy, RecordedAt, Deadline());
        _last = await BoundedAsync(method(capability, call, cancellationToken));
        return _last.Fault;
    }
}
