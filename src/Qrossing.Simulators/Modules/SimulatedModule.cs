namespace Qrossing.Simulators.Modules;

/// <summary>
/// One module: its routes below its own prefix and the shape of its refusals. Handlers are synchronous and run one at a time per module,
/// so a handler may read, decide and commit without further locks.
/// </summary>
internal abstract class SimulatedModule(Journal journal) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The path prefix and the name used in fault rules and in the control API.</summary>
    public abstract string Name { get; }

    public abstract IReadOnlyList<ModuleRoute> Routes { get; }

    public Journal Journal { get; } = journal;

    public abstract ModuleAnswer Error(ModuleCall call, ModuleError error);

    /// <summary>Runs <paramref name="action"/> when it is its turn. Not cancellable: a request that arrived is carried out even when its caller is gone, as a real peer does.</summary>
    public async Task<T> InTurnAsync<T>(Func<T> action)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            return action();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        Journal.Dispose();
        _turn.Dispose();
    }
}
