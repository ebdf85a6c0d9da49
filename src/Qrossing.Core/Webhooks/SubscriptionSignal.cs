using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Webhooks;

/// <summary>Tells the delivery engine of this process that subscriptions or their deliveries were changed by somebody else. A wake-up only: the engine reads the database.</summary>
public sealed class SubscriptionSignal
{
    private readonly Lock _gate = new();
    private HashSet<(TenantId Tenant, SubscriptionId Id)> _changed = [];
    private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called by <see cref="Raise"/> before it returns, so that what is committed after a change is sent under the change.</summary>
    internal event Action<SubscriptionId>? Raised;

    /// <summary>Told after the commit of a change.</summary>
    public void Raise(TenantId tenant, SubscriptionId id)
    {
        Raised?.Invoke(id);
        lock (_gate)
        {
            _changed.Add((tenant, id));
            _raised.TrySetResult();
        }
    }

    /// <summary>Waits until something changed and takes all that did, each once.</summary>
    internal async Task<IReadOnlyCollection<(TenantId Tenant, SubscriptionId Id)>> TakeAsync(CancellationToken cancellationToken)
    {
        await _raised.Task.WaitAsync(cancellationToken);
        lock (_gate)
        {
            var taken = _changed;
            _changed = [];
            _raised = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return taken;
        }
    }
}
