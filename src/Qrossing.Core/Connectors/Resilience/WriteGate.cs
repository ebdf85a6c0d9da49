namespace Qrossing.Core.Connectors.Resilience;

/// <summary>Lets a caller cancel a write until its first attempt starts, and not after.</summary>
internal sealed class WriteGate : IDisposable
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Canceled = 2;

    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;
    private int _state;

    /// <summary>Listens to the caller.</summary>
    public WriteGate(CancellationToken caller) => _registration = caller.UnsafeRegister(static gate => ((WriteGate)gate!).Cancel(), this);

    /// <summary>Cancelled only when the caller gave up before the start.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>An attempt starts now; false when the caller gave up before.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) != Canceled;

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Canceled, Waiting) == Waiting)
        {
            _source.Cancel();
        }
    }
}
