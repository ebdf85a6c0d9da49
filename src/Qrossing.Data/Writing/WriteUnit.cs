using Qrossing.Core.Persistence;

namespace Qrossing.Data.Writing;

/// <summary>A caller's unit on its way through the writer.</summary>
internal abstract class WriteUnit
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Withdrawn = 2;

    private int _state;

    /// <summary>What the unit itself threw; it is rolled back alone then.</summary>
    public Exception? Failure { get; set; }

    /// <summary>From here on the unit can no longer be cancelled; false when it already was.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Cancels the unit if it has not begun.</summary>
    protected bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting;

    /// <summary>Runs the caller's function; may be run again after a collision.</summary>
    public abstract void Run(IWriteSession session);

    /// <summary>Tells the caller that the batch is durable: the result, or what the unit threw.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that the batch failed.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class WriteUnit<T>(Func<IWriteSession, T> unit) : WriteUnit
{
    // Continuations must not run on the writer's thread.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public void Cancel(CancellationToken cancellationToken)
    {
        if (TryWithdraw())
        {
            _done.TrySetCanceled(cancellationToken);
        }
    }

    public override void Run(IWriteSession session)
    {
        Failure = null;
        _result = unit(session);
    }

    public override void Complete()
    {
        if (Failure is null)
        {
            _done.TrySetResult(_result!);
        }
        else
        {
            _done.TrySetException(Failure);
        }
    }

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
