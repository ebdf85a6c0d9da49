namespace Qrossing.Core.Persistence;

/// <summary>The newest committed position of the log, and a way to wait for the next. A wake-up only: whoever waits reads the database.</summary>
public sealed class LogHead
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;

    /// <summary>The newest committed position.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Told by the writer after each commit.</summary>
    public void Advance(long position)
    {
        TaskCompletionSource wake;
        lock (_gate)
        {
            if (position <= _position)
            {
                return;
            }

            _position = position;
            wake = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        wake.TrySetResult();
    }

    /// <summary>Completes when the log has grown past <paramref name="after"/>.</summary>
    public Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _position > after ? Task.CompletedTask : _next.Task.WaitAsync(cancellationToken);
        }
    }
}
