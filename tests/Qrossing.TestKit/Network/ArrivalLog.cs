namespace Qrossing.TestKit.Network;

/// <summary>What arrived at a peer, in order, and a way to wait for more without polling.</summary>
internal sealed class ArrivalLog<T>
{
    private readonly Lock _gate = new();
    private readonly List<T> _items = [];
    private TaskCompletionSource _changed = New();

    public IReadOnlyList<T> Items
    {
        get
        {
            lock (_gate)
            {
                return [.. _items];
            }
        }
    }

    /// <summary>Adds one, made from the number of those before it.</summary>
    public T Add(Func<int, T> make)
    {
        lock (_gate)
        {
            var item = make(_items.Count);
            _items.Add(item);
            _changed.TrySetResult();
            _changed = New();
            return item;
        }
    }

    public async Task<IReadOnlyList<T>> WaitForAsync(Func<IReadOnlyList<T>, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            IReadOnlyList<T> items;
            lock (_gate)
            {
                items = [.. _items];
                changed = _changed.Task;
            }

            if (condition(items))
            {
                return items;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
