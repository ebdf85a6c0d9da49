namespace Qrossing.Gateway.Rest.Events;

/// <summary>
/// Items one after the other, for a reader that may leave while the next one is still awaited: an enumerator must not be disposed of while it moves, so
/// the move is cancelled and waited for first.
/// </summary>
/// <typeparam name="T">What there is.</typeparam>
internal sealed class SettlingEnumerator<T> : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly IAsyncEnumerator<T> _items;
    private Task<bool> _move = Task.FromResult(false);

    /// <summary>Begins.</summary>
    /// <param name="items">Honours the token of its enumerator.</param>
    /// <param name="cancellationToken">Ends a move that is under way.</param>
    public SettlingEnumerator(IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _items = items.GetAsyncEnumerator(_ended.Token);
    }

    /// <summary>The item.</summary>
    public T Current => _items.Current;

    /// <summary>Goes to the next; one move at a time.</summary>
    public ValueTask<bool> MoveNextAsync() => new(_move = _items.MoveNextAsync().AsTask());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await ((Task)_move).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _items.DisposeAsync();
        _ended.Dispose();
    }
}
