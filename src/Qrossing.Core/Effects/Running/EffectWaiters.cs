using System.Collections.Concurrent;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects.Running;

/// <summary>Requests of this process that wait for an effect's outcome. A wake-up only: who is woken reads the row.</summary>
internal sealed class EffectWaiters
{
    private readonly ConcurrentDictionary<EffectId, TaskCompletionSource> _waiting = new();

    /// <summary>A task that ends at the next change of the effect. Ask before reading the row, so that no change is missed.</summary>
    public Task NextChangeAsync(EffectId id) =>
        _waiting.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Told after each commit that changed an effect.</summary>
    public void Changed(EffectId id)
    {
        if (_waiting.TryRemove(id, out var waiting))
        {
            waiting.TrySetResult();
        }
    }
}
