namespace Qrossing.TestKit.Counterparts;

/// <summary>
/// The real peers of one test process. Registered once per test assembly (<c>[assembly: AssemblyFixture(typeof(CounterpartHost))]</c>)
/// and taken as a constructor argument by the tests that need one; a peer starts when the first test asks for it, is shared by
/// all that ask later, and ends with the test process.
/// A test that asks carries the trait <c>Needs</c> (<c>postgres</c>, <c>anvil</c>, <c>node</c>), by which <c>./test --quick</c> leaves it out.
/// </summary>
public sealed class CounterpartHost : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, Task<IAsyncDisposable>> _started = [];

    /// <summary>The shared PostgreSQL server; take a database of your own from it. Not durable (fsync off).</summary>
    public Task<PostgreSqlCounterpart> PostgreSqlAsync() =>
        OnceAsync(typeof(PostgreSqlCounterpart), () => PostgreSqlCounterpart.StartAsync(durable: false));

    /// <summary>A second server with fsync on, for claims about durability or speed.</summary>
    public Task<PostgreSqlCounterpart> DurablePostgreSqlAsync() =>
        OnceAsync((typeof(PostgreSqlCounterpart), "durable"), () => PostgreSqlCounterpart.StartAsync(durable: true));

    /// <summary>
    /// The shared anvil with these options. Tests that reorganise, stop mining or change time start their own with
    /// <see cref="AnvilCounterpart.StartAsync"/>.
    /// </summary>
    public Task<AnvilCounterpart> AnvilAsync(AnvilOptions? options = null) =>
        OnceAsync(options ?? new AnvilOptions(), () => AnvilCounterpart.StartAsync(options));

    /// <summary>node with the reference implementations (ethers, viem, standardwebhooks).</summary>
    public Task<NodeTool> NodeAsync() => OnceAsync(typeof(NodeTool), NodeTool.StartAsync);

    public async ValueTask DisposeAsync()
    {
        foreach (var start in _started.Values.ToArray())
        {
            // A peer that was missing or failed to start has already failed or skipped its tests.
            if (start.IsCompletedSuccessfully)
            {
                await (await start).DisposeAsync();
            }
        }
    }

    private async Task<T> OnceAsync<T>(object key, Func<Task<T>> startAsync)
        where T : IAsyncDisposable
    {
        Task<IAsyncDisposable>? start;
        lock (_gate)
        {
            if (!_started.TryGetValue(key, out start))
            {
                _started[key] = start = UntypedAsync(startAsync);
            }
        }

        return (T)await start;
    }

    private static async Task<IAsyncDisposable> UntypedAsync<T>(Func<Task<T>> startAsync)
        where T : IAsyncDisposable => await startAsync();
}
