using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects.Running;

/// <summary>Requests of this process that wait for an effect's outcome. A wake-up only: who is woken reads the row.</summary>
internal sealed class EffectWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EffectId, Watched> _watched = [];

    /// <summary>Starts to watch an effect. Begin before reading the row, so that no change is missed; dispose to be forgotten.</summary>
    public Watch Begin(EffectId id)
    {
        lock (_gate)
        {
            if (!_watched.TryGetValue(id, out var watched))
            {
                _watched[id] = watched = new Watched();
            }

            watched.Watches++;
            return new Watch(this, id, watched);
        }
    }

    /// <summary>How many effects are watched.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _watched.Count;
            }
        }
    }

    /// <summary>Told after each commit that changed an effect.</summary>
    public void Changed(EffectId id)
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            if (!_watched.TryGetValue(id, out var watched))
            {
                return;
            }

            told = watched.Next;
            watched.Next = Watched.New();
        }

        told.TrySetResult();
    }

    private void End(EffectId id, Watched watched)
    {
        lock (_gate)
        {
            if (--watched.Watches == 0)
            {
                _watched.Remove(id);
            }
        }
    }

    /// <summary>One request's watch over one effect.</summary>
    internal sealed class Watch(EffectWaiters owner, EffectId id, Watched watched) : IDisposable
    {
        private bool _ended;

        /// <summary>A task that ends at the next change. Ask before reading the row.</summary>
        public Task NextChangeAsync()
        {
            lock (owner._gate)
            {
                return watched.Next.Task;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (!_ended)
            {
                _ended = true;
                owner.End(id, watched);
            }
        }
    }

    /// <summary>What all watches over one effect share.</summary>
    internal sealed class Watched
    {
        public int Watches { get; set; }

        public TaskCompletionSource Next { get; set; } = New();

        public static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
