namespace Qrossing.Data.Sql;

/// <summary>This process's hold on the database, from opening to closing.</summary>
internal abstract class SqlOwnership(long epoch) : IAsyncDisposable
{
    private readonly CancellationTokenSource _lost = new();

    public long Epoch { get; } = epoch;

    public CancellationToken Lost => _lost.Token;

    /// <summary>Tells everyone that another process owns the database now. Callbacks run elsewhere: the caller may be the writer.</summary>
    public void DeclareLost() => _ = _lost.CancelAsync();

    /// <summary>Gives ownership up.</summary>
    public virtual ValueTask DisposeAsync()
    {
        _lost.Dispose();
        return ValueTask.CompletedTask;
    }
}
